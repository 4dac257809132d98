// What one small network learns from a blend: error on the test part and time of a forecast, beside the blend and beside the
// same network without a teacher. Protocols of `accuracy.ts`, whose sets it takes.
// Usage: NT_SHARED_DATA=FOLDER node --import tsx --conditions=@nt/source packages/forecast/bench/distillation.ts
//   [--sets=Henry Hub,US births] [--seeds=1] [--updates=1000] [--weight=0.5] [--hidden=256] [--threads=2]
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createCpuBackend } from '@nt/backend-cpu';
import { type CalendarFeature, type SeriesSet, windows } from '@nt/data';
import { dataFolder } from '../long/public-sets.ts';
import { evaluate, type FittedForecaster, fitBlend, NhitsForecaster, type Predictor } from '../src/index.ts';
import { benchSets } from './more-sets.ts';

const { values } = parseArgs({
  options: {
    sets: { type: 'string', default: 'Henry Hub,US births' },
    seeds: { type: 'string', default: '1' },
    updates: { type: 'string', default: '1000' },
    /** Of the teacher in the loss. */
    weight: { type: 'string', default: '0.5' },
    hidden: { type: 'string', default: '256' },
    threads: { type: 'string', default: `${availableParallelism()}` },
  },
});
if (dataFolder() === null) throw new Error('NT_SHARED_DATA: expected the folder with the public series.');
const sets = benchSets.filter(({ name }) => values.sets.split(',').includes(name));
const backend = await createCpuBackend({ threads: Number(values.threads) });

console.log('| set, seed | blend | taught network | the same untaught | error to the blend | time to the blend |');
console.log('| --- | --- | --- | --- | ---: | ---: |');
for (const one of sets) {
  for (const seed of values.seeds.split(',').map(Number)) console.log(await rowOf(one, seed));
}
console.error('load', loadavg());
await backend.dispose();

async function rowOf({ name, horizon, load }: (typeof benchSets)[number], seed: number): Promise<string> {
  const { set, split } = load();
  const { predictor: blend, explanation } = await fitBlend(backend, set, { horizon, split, seed });
  console.error(name, explanation.members.map((member) => `${member.name} ${member.weight.toFixed(2)}`).join(', '));
  const student = new NhitsForecaster(backend, {
    horizon,
    // What the members with a share see, all together.
    inputSize: Math.max(...explanation.lookbacks),
    calendar: explanation.calendar as readonly CalendarFeature[],
    seed,
    model: {
      variant: 'paper',
      hiddenSize: Number(values.hidden),
      nPoolKernelSize: [2, 2, 2],
      nFreqDownsample: [24, 12, 1],
      linearSkip: { trained: true },
    },
  });
  const plan = student.plan(set, {
    ...{ split, maxUpdates: Number(values.updates), loss: 'maeMse', optimizer: 'adamw', weightDecay: 0 },
    ...{ learningRate: 1e-3, batchSize: 256, gradientClipNorm: 1, schedule: 'cosine', validationEvery: 50 },
    ...{ averaging: { name: 'ema', decay: 0.99, warmup: true } },
  });
  const teacher = { predictor: blend, weight: Number(values.weight) };
  const taught = (await student.fit(plan, { teacher })).forecaster;
  const alone = (await student.fit(plan)).forecaster;
  const asked = windows(set, { inputSize: 1, horizon, ranges: split.test });
  const methods: readonly [Predictor, FittedForecaster, FittedForecaster] = [blend, taught, alone];
  const errors: [number, number][] = [];
  for (const method of methods) {
    const row = (await evaluate([method], asked, { metrics: ['mse'] })).rows[0]!;
    errors.push([row.metrics.mse!, row.mae]);
  }
  const share = (await milliseconds(taught, set)) / (await milliseconds(blend, set));
  for (const method of methods) method.dispose();
  const more = errors[1]!.map((error, i) => `${(100 * (error / errors[0]![i]! - 1)).toFixed(1)} %`).join(', ');
  const cells = errors.map((pair) => pair.map((error) => error.toFixed(4)).join('/'));
  return `| ${[`${name}, ${seed}`, ...cells, more, `1/${(1 / share).toFixed(1)}`].join(' | ')} |`;
}

/** Of a forecast of all series, median of many. */
async function milliseconds(method: Predictor, set: SeriesSet): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 120; i++) {
    const start = performance.now();
    await method.predict(set);
    times.push(performance.now() - start);
  }
  return times.slice(20).sort((a, b) => a - b)[50]!;
}
