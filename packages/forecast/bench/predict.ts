// How long a forecast takes: `predict` of one series (median of many, warm) and of 1,000, and many more in parts, whose
// memory must not grow with their number. Default network (168 → 24), native kernels and WebAssembly; neuralforecast in
// the same run where PYTHON names an interpreter that has it.
// Usage: pnpm -F @nt/forecast bench [--series=100000]
import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createCpuBackend } from '@nt/backend-cpu';
import { type SeriesSet, seriesFromArrays } from '@nt/data';
import { type FittedForecaster, NhitsForecaster } from '../src/index.ts';

const { values } = parseArgs({ options: { series: { type: 'string', default: '100000' } } });
const many = Number(values.series);
const inOnePart = 1000;
const warmUp = 50;
const repetitions = 300;

const wave = (phase: number): number[] =>
  Array.from(
    { length: 400 },
    (_, t) => 10 + 3 * Math.sin((2 * Math.PI * (t + phase)) / 24) + Math.sin(t * 12.9898 + phase),
  );
const setOf = (count: number, first = 0): SeriesSet =>
  seriesFromArrays(
    Array.from({ length: count }, (_, s) => ({ id: `s${first + s}`, values: wave(first + s), start: '2026-01-01' })),
    { frequency: 'hour' },
  );

async function milliseconds(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]!;

/** Peak memory in MB while `count` series are forecast a part at a time. */
async function inParts(forecaster: FittedForecaster, count: number): Promise<{ seconds: number; megabytes: number }> {
  let most = 0;
  const start = performance.now();
  for (let first = 0; first < count; first += inOnePart) {
    await forecaster.predict(setOf(Math.min(inOnePart, count - first), first));
    most = Math.max(most, process.memoryUsage.rss());
  }
  return { seconds: (performance.now() - start) / 1000, megabytes: most / 2 ** 20 };
}

console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0]!.toFixed(1)}\n`);
console.log(
  `| engine | one series, ms | 1,000 series, ms | 1,000 series in parts, s (MB) | ${many.toLocaleString('en')} in parts, s (MB) |`,
);
console.log('| --- | ---: | ---: | ---: | ---: |');
for (const kernels of ['native', 'wasm'] as const) {
  const backend = await createCpuBackend(kernels === 'native' ? {} : { kernels });
  const recipe = new NhitsForecaster(backend, { horizon: 24, inputSize: 168 });
  const plan = recipe.plan(setOf(4), { maxUpdates: 1, validation: 0 });
  const { forecaster } = await recipe.fit(plan);
  const [one, thousand] = [setOf(1), setOf(1000)];
  const times: number[] = [];
  for (let i = 0; i < warmUp + repetitions; i++) times.push(await milliseconds(() => forecaster.predict(one)));
  const batch: number[] = [];
  for (let i = 0; i < 12; i++) batch.push(await milliseconds(() => forecaster.predict(thousand)));
  const [few, all] = [await inParts(forecaster, 1000), await inParts(forecaster, many)];
  const cell = ({ seconds, megabytes }: { seconds: number; megabytes: number }): string =>
    `${seconds.toFixed(1)} (${megabytes.toFixed(0)})`;
  const { kernelSet } = await backend.describe();
  console.log(
    `| ${kernelSet} | ${median(times.slice(warmUp)).toFixed(2)} | ${median(batch.slice(2)).toFixed(0)} | ${cell(few)} | ${cell(all)} |`,
  );
  forecaster.dispose();
  await backend.dispose();
}

const peer = fileURLToPath(new URL('predict-neuralforecast.py', import.meta.url));
const { status, stdout } = spawnSync(process.env['PYTHON'] ?? 'python3', [peer], { encoding: 'utf8' });
console.log(
  status === 0 ? stdout.trim().split('\n').at(-1) : '\nNo neuralforecast: name an interpreter that has it in PYTHON.',
);
