// What borrowed batches save (docs/decisions/0021): forecasts of many windows by one small network, whose batches the engine
// borrows, and by the same one with a copy of each batch, in turns; processor time, which a busy machine changes less.
// Usage: pnpm -F @nt/forecast bench:borrowed [--windows=4000] [--input-size=478] [--hidden-size=64] [--threads=1] [--rounds=10]
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createCpuBackend } from '@nt/backend-cpu';
import { seriesFromArrays, windows as windowsOf } from '@nt/data';
import { NhitsForecaster } from '../src/index.ts';

const { values: flags } = parseArgs({
  options: {
    windows: { type: 'string', default: '4000' },
    'input-size': { type: 'string', default: '478' },
    'hidden-size': { type: 'string', default: '64' },
    threads: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '10' },
  },
});
const [asked, inputSize, rounds] = [Number(flags.windows), Number(flags['input-size']), Number(flags.rounds)];
const horizon = 28;

const values = Array.from(
  { length: asked + inputSize + horizon - 1 },
  (_, day) => 50 + 10 * Math.sin((2 * Math.PI * day) / 7) + Math.sin(day * 12.9898),
);
const days = seriesFromArrays([{ id: 'days', values, start: '2000-01-01' }], { frequency: 'day' });
const engine = await createCpuBackend({ threads: Number(flags.threads) });
let isCopying = false;
const borrow: typeof engine.ops.borrow = (array, shape) =>
  isCopying ? engine.ops.tensor(array, shape) : engine.ops.borrow(array, shape);
const backend: typeof engine = Object.create(engine, { ops: { value: { ...engine.ops, borrow } } });

const model = { hiddenSize: Number(flags['hidden-size']) };
const calendar = ['dayOfWeek', 'monthOfYear'] as const;
const recipe = new NhitsForecaster(backend, { horizon, inputSize, calendar, model });
// How good the forecasts are, does not matter here.
const { forecaster } = await recipe.fit(recipe.plan(days, { maxUpdates: 1, validation: 0 }));
const all = windowsOf(days, { inputSize, horizon });
const ways = ['borrowed', 'copied'].map((name) => ({ name, milliseconds: [] as number[], first: 0 }));

for (let round = 0; round <= rounds; round++) {
  for (const way of ways) {
    isCopying = way.name === 'copied';
    const before = process.cpuUsage();
    const { point } = await forecaster.predictWindows(all);
    const { user, system } = process.cpuUsage(before);
    way.first = point[0]!;
    // The first round records.
    if (round > 0) way.milliseconds.push((user + system) / 1000);
  }
}
if (ways[0]!.first !== ways[1]!.first) throw new Error('The two ways do not forecast the same.');
const { kernelSet } = await engine.describe();
console.log(
  `${all.count} windows, ${inputSize} → ${horizon}, weekday and month, width ${flags['hidden-size']}, ${flags.threads} thread(s), ${kernelSet}, ${cpus()[0]?.model.trim()}, load ${loadavg()[0]!.toFixed(1)}`,
);
console.log(
  '\n| batches | processor ms, least | median | windows a second of a processor |\n| --- | ---: | ---: | ---: |',
);
for (const { name, milliseconds } of ways) {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const [least, median] = [sorted[0]!, sorted[Math.floor(sorted.length / 2)]!];
  const speed = Math.round((1000 * all.count) / median).toLocaleString('en');
  console.log(`| ${name} | ${least.toFixed(0)} | ${median.toFixed(0)} | ${speed} |`);
}
forecaster.dispose();
await engine.dispose();
