import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTable } from '@nt/data/node';
import { loadModelFolder } from '@nt/forecast/node';
import type { Backend, Tensor } from '@nt/tensor';
import { digest, type NtResult } from '../run-nt.ts';

/** All that a finished run leaves but what a clock wrote: weights, model file, history, forecasts, printed result. */
export async function leftBy(folder: string, { stdout }: NtResult, backend: Backend<Tensor>): Promise<unknown> {
  const path = join(folder, 'model');
  const model = JSON.parse(readFileSync(join(path, 'config.json'), 'utf8'));
  // Of what a clock wrote as well.
  delete model.sha256;
  const printed = JSON.parse(stdout);
  for (const result of [model.training.result, printed.result]) {
    delete result.seconds;
    delete result.checkpointSeconds;
    // A resumed run records its calls anew.
    delete result.capture;
  }
  const { checkpoint, bestCheckpoint, ...result } = printed.result;
  return {
    weights: digest(join(path, 'model.safetensors')),
    model,
    history: readFileSync(join(folder, 'log.jsonl'), 'utf8'),
    result,
    evaluation: printed.evaluation,
    forecast: await forecastOf(folder, path, backend),
  };
}

async function forecastOf(folder: string, path: string, backend: Backend<Tensor>): Promise<unknown> {
  const forecaster = await loadModelFolder(backend, path);
  try {
    const { series } = await forecaster.predict(await readTable(join(folder, 'births.csv'), { target: 'births' }));
    return series;
  } finally {
    forecaster.dispose();
  }
}
