import { createCpuBackend } from '@nt/backend-cpu';
import { seriesFromArrays } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { fromModelFiles, NhitsForecaster, toModelFiles } from '../src/index.ts';

/** Model files by path, each as its bytes: what goes between a page and Node as JSON. */
export type FilesAsNumbers = Readonly<Record<string, readonly number[]>>;
/** What a predictor forecasts, and the kernels that computed it. */
export interface PageForecast {
  readonly kernelSet: string;
  /** Point, then quantiles. */
  readonly values: readonly number[];
}

const values = Array.from({ length: 120 }, (_, t) => 10 + 4 * Math.sin((2 * Math.PI * t) / 7) + Math.sin(t * 12.9898));
const set = seriesFromArrays([{ id: 'a', values, start: '2026-01-01' }], { frequency: 'day' });

const engine = async (kernels: 'wasm' | 'js'): Promise<Backend<Tensor>> =>
  (await createCpuBackend({ kernels, threads: 1 })) as unknown as Backend<Tensor>;

/** Trains and saves, here or in a page. */
export async function saveHere(): Promise<FilesAsNumbers> {
  const backend = await engine('wasm');
  const recipe = new NhitsForecaster(backend, { horizon: 7, inputSize: 28, model: { hiddenSize: 16 } });
  const { forecaster } = await recipe.fit(recipe.plan(set, { loss: 'quantile', maxUpdates: 10, batchSize: 32 }));
  const files = Object.entries(await toModelFiles(forecaster)).map(([path, bytes]) => [path, [...bytes]] as const);
  forecaster.dispose();
  await backend.dispose();
  return Object.fromEntries(files);
}

/** Loads and forecasts, here or in a page. */
export async function forecastHere(files: FilesAsNumbers, kernels: 'wasm' | 'js'): Promise<PageForecast> {
  const backend = await engine(kernels);
  const bytes = Object.entries(files).map(([path, numbers]) => [path, Uint8Array.from(numbers)] as const);
  const predictor = await fromModelFiles(backend, Object.fromEntries(bytes));
  const [series] = (await predictor.predict(set, { levels: [80] })).series;
  const { kernelSet } = await backend.describe();
  predictor.dispose();
  await backend.dispose();
  return { kernelSet, values: [series!.values, ...series!.quantiles].flatMap((column) => [...column]) };
}
