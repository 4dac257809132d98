// What one small network learns from a blend (`distill`): error on the test part and time of a forecast, beside the blend and
// beside that network of the blend which validation finds best. Protocols of `accuracy.ts`, whose sets it takes.
// Usage: NT_SHARED_DATA=FOLDER node --import tsx --conditions=@nt/source packages/forecast/bench/distillation.ts
//   [--sets=Henry Hub,US births] [--seeds=1] [--updates=1000] [--weight=0.9] [--hidden-size=256,128] [--blend-updates=2000] [--threads=2]
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createCpuBackend } from '@nt/backend-cpu';
import { windows } from '@nt/data';
import { dataFolder } from '../long/public-sets.ts';
import { distill, evaluate, fitBlend, type Predictor } from '../src/index.ts';
import { total } from '../src/recipe/scored-windows.ts';
import { benchSets } from './more-sets.ts';

const { values } = parseArgs({
  options: {
    sets: { type: 'string', default: 'Henry Hub,US births' },
    seeds: { type: 'string', default: '1' },
    updates: { type: 'string' },
    /** Of the teacher in the loss. */
    weight: { type: 'string' },
    /** Widths of taught networks, each beside the same blend. */
    'hidden-size': { type: 'string', default: '128' },
    /** Of each network of the blend. */
    'blend-updates': { type: 'string' },
    threads: { type: 'string', default: `${availableParallelism()}` },
  },
});
if (dataFolder() === null) throw new Error('NT_SHARED_DATA: expected the folder with the public series.');
const sets = benchSets.filter(({ name }) => values.sets.split(',').includes(name));
const backend = await createCpuBackend({ threads: Number(values.threads) });

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

console.log(
  '| set, seed, width | blend | taught network | best network of the blend | error to the blend | time of one forecast | of thousands |',
);
console.log('| --- | --- | --- | --- | ---: | ---: | ---: |');
for (const one of sets) {
  for (const seed of values.seeds.split(',').map(Number)) await printRows(one, seed);
}
console.error('load', loadavg());
await backend.dispose();

/** A row for each width, beside the same blend. */
async function printRows({ name, horizon, load }: (typeof benchSets)[number], seed: number): Promise<void> {
  const { set, split } = load();
  const options = { horizon, split, seed, maxUpdates: number(values['blend-updates']) };
  const { predictor: blend, explanation } = await fitBlend(backend, set, options);
  console.error(name, explanation.members.map((member) => `${member.name} ${member.weight.toFixed(2)}`).join(', '));
  const [best] = explanation.members
    .filter(({ kind, weight }) => kind === 'network' && weight > 0)
    .sort((one, other) => total(one.validation) - total(other.validation));
  const alone = blend.members.find((member) => member.name === best?.name)?.predictor ?? blend;
  const asked = windows(set, { inputSize: 1, horizon, ranges: split.test });
  const errorsOf = async (method: Predictor): Promise<readonly [number, number]> => {
    const row = (await evaluate([method], asked, { metrics: ['mse'] })).rows[0]!;
    return [row.metrics.mse!, row.mae];
  };
  const errorsOfBlend = await errorsOf(blend);
  const errorsAlone = await errorsOf(alone);
  const stride = Math.ceil(asked.count / 4096);
  const some = windows(set, { inputSize: 1, horizon, ranges: split.test, stride });
  for (const hiddenSize of values['hidden-size'].split(',').map(Number)) {
    const taught = await distill(backend, set, blend, {
      split,
      seed,
      hiddenSize,
      maxUpdates: number(values.updates),
      weight: number(values.weight),
    });
    const errors = await errorsOf(taught);
    const shares = [
      await timeShare(taught, blend, (method) => method.predict(set), 120),
      await timeShare(taught, blend, (method) => method.predictWindows(some), 12),
    ];
    taught.dispose();
    const more = errors.map((error, i) => `${(100 * (error / errorsOfBlend[i]! - 1)).toFixed(1)} %`).join(', ');
    const cells = [errorsOfBlend, errors, errorsAlone].map((pair) => pair.map((error) => error.toFixed(4)).join('/'));
    const times = shares.map((share) => `1/${(1 / share).toFixed(1)}`);
    console.log(`| ${[`${name}, ${seed}, ${hiddenSize}`, ...cells, more, ...times].join(' | ')} |`);
  }
  blend.dispose();
}

/** Processor time of forecasts, in turns; median of the ratios, without the first sixth. */
async function timeShare(
  one: Predictor,
  other: Predictor,
  forecast: (method: Predictor) => Promise<unknown>,
  turns: number,
): Promise<number> {
  const spent = async (method: Predictor): Promise<number> => {
    const before = process.cpuUsage();
    await forecast(method);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  const ratios: number[] = [];
  for (let i = 0; i < turns; i++) ratios.push((await spent(one)) / (await spent(other)));
  const kept = ratios.slice(turns / 6).sort((a, b) => a - b);
  return kept[Math.floor(kept.length / 2)]!;
}
