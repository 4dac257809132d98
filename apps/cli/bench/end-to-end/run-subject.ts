import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TrainResult } from '@nt/trainer';

/** PyTorch calls the second bf16-mixed. */
export type Precision = 'float32' | 'mixed-bfloat16';

/** What both sides train: neuralforecast's default network but for the width, Adam at 1e-3, MAE, no validation. */
export interface Task {
  readonly width: number;
  readonly batch: number;
  readonly updates: number;
  readonly threads: number;
  readonly precision: Precision;
}

/** One whole run in processes of its own. */
export interface Outcome {
  readonly windowsPerSecond: number;
  /** From the first command to the written forecast. */
  readonly startToForecast: number;
  /** Of the larger process. */
  readonly peakMegabytes: number;
  readonly version: string;
}

const cli = path.join(import.meta.dirname, '../..');
const data = path.join(cli, 'examples/us-births.csv');
const [inputSize, horizon] = [168, 24];
/** Windows of 168 + 24 steps in the file. */
const windows = 7305 - inputSize - horizon + 1;

/** Whole epochs of `nt train` are what updates are counted in: at least as many as asked for. */
export function wholeEpochs(batch: number, updates: number): { readonly epochs: number; readonly updates: number } {
  const perEpoch = Math.ceil(windows / batch);
  const epochs = Math.ceil(updates / perEpoch);
  return { epochs, updates: epochs * perEpoch };
}

/** `nt train`, then `nt forecast`; `nt` is the file of the command. */
export function runNt(nt: string, { width, batch, updates, threads, precision }: Task): Outcome {
  return inFolder((folder) => {
    const model = path.join(folder, 'model');
    const { epochs } = wholeEpochs(batch, updates);
    const network = ['--input-size', `${inputSize}`, '--horizon', `${horizon}`, '--hidden-size', `${width}`];
    const recipe = ['--optimizer', 'adam', '--lr', '1e-3', '--schedule', 'constant', '--clip', '0'];
    const run = ['--batch-size', `${batch}`, '--epochs', `${epochs}`, '--val-split', '0', '--test-split', '0'];
    const bare = ['--precision', precision, '--patience', '0', '--checkpoint-every', '1000000', '--quiet', '--json'];
    const start = performance.now();
    const train = ['train', '-d', data, '--target', 'births', '-o', model, ...network, ...recipe, ...run, ...bare];
    const trained = node(nt, folder, threads, train);
    const forecast = node(nt, folder, threads, [
      'forecast',
      '-m',
      model,
      '-d',
      data,
      '-o',
      path.join(folder, 'forecast.csv'),
    ]);
    const startToForecast = (performance.now() - start) / 1000;
    const { result } = JSON.parse(trained.output) as { result: TrainResult };
    if (result.updates !== updates) throw new Error(`nt train made ${result.updates} updates instead of ${updates}`);
    return {
      // The run asks for no checkpoint but has to leave one at its end; neuralforecast's `fit` leaves none.
      windowsPerSecond: result.windows / (result.seconds - result.checkpointSeconds),
      startToForecast,
      peakMegabytes: Math.max(trained.megabytes, forecast.megabytes),
      version: `nt, Node ${process.versions.node}, ${precision}`,
    };
  });
}

/** neuralforecast's `fit` and `predict`; see neuralforecast-fit.py. */
export function runNeuralforecast(python: string, { width, batch, updates, threads, precision }: Task): Outcome {
  return inFolder((folder) => {
    const script = path.join(import.meta.dirname, 'neuralforecast-fit.py');
    const numbers = [inputSize, horizon, width, batch, updates, threads].map(String);
    const start = performance.now();
    const words = [precision === 'float32' ? '32-true' : 'bf16-mixed', path.join(folder, 'forecast.csv')];
    const output = text(python, [script, data, ...numbers, ...words], folder, {});
    const startToForecast = (performance.now() - start) / 1000;
    const {
      windows: trained,
      seconds,
      megabytes,
      version,
    } = JSON.parse(output.trim().split('\n').at(-1)!) as {
      windows: number;
      seconds: number;
      megabytes: number;
      version: string;
    };
    return { windowsPerSecond: trained / seconds, startToForecast, peakMegabytes: megabytes, version };
  });
}

function node(
  nt: string,
  folder: string,
  threads: number,
  parameters: readonly string[],
): { output: string; megabytes: number } {
  const peak = path.join(folder, 'peak');
  const watch = path.join(import.meta.dirname, 'peak-memory.mjs');
  const output = text(process.execPath, ['--import', watch, nt, ...parameters], cli, {
    NT_PEAK_MEMORY: peak,
    NT_THREADS: `${threads}`,
  });
  return { output, megabytes: Number(readFileSync(peak, 'utf8')) };
}

function text(file: string, parameters: readonly string[], cwd: string, env: Readonly<Record<string, string>>): string {
  const { status, stdout, stderr } = spawnSync(file, parameters, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 26,
  });
  if (status === 0) return stdout;
  throw new Error(`${path.basename(file)} ended with ${status}: ${stderr.trim().split('\n').at(-1)}`);
}

function inFolder<Result>(f: (folder: string) => Result): Result {
  const folder = mkdtempSync(path.join(tmpdir(), 'nt-end-to-end-'));
  try {
    return f(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
