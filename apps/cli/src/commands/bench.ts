import { availableParallelism, cpus } from 'node:os';
import { type SeriesSet, seriesFromArrays, windows } from '@nt/data';
import { type FittedForecaster, Forecaster, nhitsFactory } from '@nt/forecast';
import type { Backend, BackendDescription, Tensor } from '@nt/tensor';
import manifest from '../../package.json' with { type: 'json' };
import { createEngine } from '../create-engine.ts';
import { engines, type OneEngine } from '../engine-names.ts';
import { whole } from '../output/numbers.ts';
import { stderrTerminal, writeResult } from '../output/terminal.ts';

export interface BenchFlags {
  readonly backend?: OneEngine;
  readonly seconds: number;
  readonly inputSize: number;
  readonly horizon: number;
  readonly hiddenSize: number;
  readonly batchSize: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What an engine did, or why it did not. */
interface Measured {
  readonly name: OneEngine;
  readonly description: BackendDescription | null;
  readonly trainingWindowsPerSecond: number | null;
  readonly forecastWindowsPerSecond: number | null;
  readonly problem: string | null;
}

/** Measures the engines. @returns the exit code */
export async function bench(flags: BenchFlags): Promise<number> {
  const terminal = stderrTerminal(flags.quiet === true);
  const { seconds, inputSize, horizon, hiddenSize, batchSize } = flags;
  const asked = flags.backend === undefined ? engines.filter((name) => name !== 'reference') : [flags.backend];
  const found: Measured[] = [];
  for (const name of asked) {
    terminal.line(`${name} …`);
    found.push(await measured(name, flags));
  }
  const report = {
    nt: manifest.version,
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
    processors: availableParallelism(),
    network: { inputSize, horizon, hiddenSize, batchSize },
    seconds,
    engines: found,
  };
  writeResult(flags.json ? `${JSON.stringify(report, undefined, 2)}\n` : `${found.map(lineOf).join('\n')}\n`);
  return found.some(({ problem }) => problem === null) ? 0 : 1;
}

async function measured(name: OneEngine, flags: BenchFlags): Promise<Measured> {
  let backend: Backend<Tensor> | undefined;
  try {
    backend = await createEngine(name, 'float32');
    const set = madeSeries(flags);
    const { forecaster, rate } = await train(backend, set, flags);
    const forecasts = await forecast(forecaster, set, flags);
    forecaster.dispose();
    const description = await backend.describe();
    return { name, description, trainingWindowsPerSecond: rate, forecastWindowsPerSecond: forecasts, problem: null };
  } catch (error) {
    const problem = (error as Error).message;
    return { name, description: null, trainingWindowsPerSecond: null, forecastWindowsPerSecond: null, problem };
  } finally {
    await backend?.dispose();
  }
}

function madeSeries({ inputSize, horizon }: BenchFlags): SeriesSet {
  const values = Array.from(
    { length: 1000 + inputSize + horizon },
    (_, hour) => 100 + 20 * Math.sin((2 * Math.PI * hour) / 24) + 5 * Math.sin(hour * 12.9898),
  );
  return seriesFromArrays([{ id: 'made', values, start: '2024-01-01' }], { frequency: 'hour', target: 'y' });
}

/** Updates until time is up; the first ones, in which an engine compiles and warms up, are not counted. */
async function train(backend: Backend<Tensor>, set: SeriesSet, flags: BenchFlags) {
  const { inputSize, horizon, hiddenSize, batchSize, seconds } = flags;
  const recipe = new Forecaster(nhitsFactory, backend, { inputSize, horizon, model: { hiddenSize } });
  const plan = recipe.plan(set, { batchSize, maxUpdates: 1_000_000, validation: 0, schedule: 'constant' });
  const stop = new AbortController();
  let [updates, counted, begun, last] = [0, 0, 0, 0];
  const { forecaster } = await recipe.fit(plan, {
    signal: stop.signal,
    onEvent: (event) => {
      if (event.type !== 'update-end') return;
      last = performance.now();
      updates++;
      if (updates === warmUpdates) begun = last;
      if (updates > warmUpdates) counted += event.size;
      if (updates > warmUpdates && last - begun >= seconds * 1000) stop.abort();
    },
  });
  return { forecaster, rate: (1000 * counted) / (last - begun) };
}

const warmUpdates = 5;

async function forecast(forecaster: FittedForecaster, set: SeriesSet, flags: BenchFlags): Promise<number> {
  const all = windows(set, { inputSize: flags.inputSize, horizon: flags.horizon });
  await forecaster.predictWindows(all);
  const begun = performance.now();
  let counted = 0;
  do {
    await forecaster.predictWindows(all);
    counted += all.count;
  } while (performance.now() - begun < flags.seconds * 1000);
  return (1000 * counted) / (performance.now() - begun);
}

function lineOf(one: Measured): string {
  const { name, description, trainingWindowsPerSecond: training, forecastWindowsPerSecond: forecasts, problem } = one;
  if (problem !== null) return `${name}: not measured: ${problem}`;
  const { device, kernelSet, threads } = description!;
  const by = `${device}, ${kernelSet}${threads === undefined ? '' : `, ${threads} threads`}`;
  return `${name}: ${whole(training!)} windows/s in training, ${whole(forecasts!)} in forecasting (${by})`;
}
