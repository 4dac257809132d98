// Accuracy of `fitBlend` on public sets beside the naive rules and its own members, by the protocols of the field: train,
// validation and test part in the order of time, z-scored by the training part, every window whose targets lie in the
// test part. The files are not part of the repository: NT_SHARED_DATA names their folder.
// Usage: NT_SHARED_DATA=FOLDER pnpm bench:accuracy [--sets=ETTh1,Brent] [--seeds=1,2,3] [--preset=accurate] [--threads=2]
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createCpuBackend } from '@nt/backend-cpu';
import { windows } from '@nt/data';
import { dataFolder } from '../long/public-sets.ts';
import { type BlendPreset, evaluate, fitBlend, naive, type Predictor, seasonalNaive } from '../src/index.ts';
import { seasonsOf } from '../src/recipe/seasons.ts';
import { type BenchSet, benchSets } from './more-sets.ts';

const { values } = parseArgs({
  options: {
    sets: { type: 'string', default: benchSets.map(({ name }) => name).join() },
    seeds: { type: 'string', default: '1' },
    preset: { type: 'string', default: 'accurate' },
    threads: { type: 'string', default: `${availableParallelism()}` },
    /** Judges every member alone as well. */
    members: { type: 'boolean', default: false },
    /** Updates of each network at most. */
    updates: { type: 'string' },
  },
});
if (dataFolder() === null) throw new Error('NT_SHARED_DATA: expected the folder with the public series.');
const backend = await createCpuBackend({ threads: Number(values.threads) });
const names = values.sets.split(',');
const unknown = names.find((name) => !benchSets.some((one) => one.name === name));
if (unknown !== undefined)
  throw new Error(`--sets: expected some of ${benchSets.map(({ name }) => name)}; got ${unknown}.`);

console.log(
  '| set | seed | method | MSE (sMAPE) | MAE (MASE) | intervals cover | s | why |\n| --- | --- | --- | ---: | ---: | --- | ---: | --- |',
);
for (const one of benchSets.filter(({ name }) => names.includes(name))) {
  for (const seed of values.seeds.split(',').map(Number)) await row(one, seed);
}
await backend.dispose();

async function row(one: BenchSet, seed: number): Promise<void> {
  const { set, split } = one.load();
  const { horizon } = one;
  const start = performance.now();
  const { predictor, explanation } = await fitBlend(backend, set, {
    horizon,
    split,
    seed,
    preset: values.preset as BlendPreset,
    ...(values.updates && { maxUpdates: Number(values.updates) }),
    onEvent: (event) => {
      if (event.type === 'member-end') console.error(one.name, JSON.stringify(event.report));
    },
  });
  const seconds = (performance.now() - start) / 1000;
  console.error(one.name, explanation.lookbacks, explanation.calendar, explanation.leftOut, explanation.verdict);
  const weights = explanation.members.filter(({ weight }) => weight > 0);
  const told = weights.map(({ name, weight }) => `${name} ${weight.toFixed(2)}`).join(', ');
  await judged(one, seed, predictor, split.test, `${seconds.toFixed(0)}`, `${told}. ${explanation.verdict.reason}`);
  const { short } = seasonsOf(set.frequency);
  const rules = [naive(horizon), ...(short > 1 ? [seasonalNaive(horizon, short)] : [])];
  const members = values.members
    ? predictor.members.map((member) => Object.assign(member.predictor, { method: member.name }))
    : [];
  for (const other of [...rules, ...members]) await judged(one, seed, other, split.test, '', '');
  predictor.dispose();

  async function judged(
    { name, isM4 = false }: BenchSet,
    ofSeed: number,
    method: Predictor,
    ranges: typeof split.test,
    time: string,
    why: string,
  ): Promise<void> {
    const asked = windows(set, { inputSize: 1, horizon, ranges });
    const levels = method === predictor ? [80, 95] : [];
    const [found] = (await evaluate([method], asked, { metrics: ['mse'], levels })).rows;
    const covered = found!.intervals.map(({ level, coverage }) => `${level} %: ${(100 * coverage).toFixed(1)}`);
    const [first, second] = isM4 ? [found!.smape, found!.mase] : [found!.metrics.mse!, found!.mae];
    const digits = isM4 ? 3 : 4;
    console.log(
      `| ${name} | ${ofSeed} | ${method.method} | ${first.toFixed(digits)} | ${second.toFixed(digits)} | ${covered.join(', ')} | ${time} | ${why} |`,
    );
  }
}
console.error('load', loadavg());
