import { createHash } from 'node:crypto';
import type { SeriesSet } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import {
  type Fit,
  type FittedForecaster,
  type Forecaster,
  NhitsForecaster,
  type NhitsForecasterOptions,
  type PlanOptions,
  type RunOptions,
} from '../src/index.ts';
import { madeSeries } from './made-series.ts';

/** A forecaster that fits in a moment. */
export const options: NhitsForecasterOptions = { horizon: 7, inputSize: 21, model: { hiddenSize: 16 } };
export const quick: PlanOptions = {
  maxEpochs: 4,
  batchSize: 32,
  learningRate: 3e-3,
  validation: 0.15,
  test: 0.2,
};

/** Plans and fits in one call. */
export type FitEverything = PlanOptions & RunOptions;
export function planAndFit<T extends Tensor>(
  recipe: Forecaster<T>,
  set: SeriesSet,
  { from, checkpoints, checkpointEvery, resume, signal, onEvent, logEvery, loggers, ...plan }: FitEverything = {},
): Promise<Fit> {
  return recipe.fit(recipe.plan(set, plan), {
    from,
    checkpoints,
    checkpointEvery,
    resume,
    signal,
    onEvent,
    logEvery,
    loggers,
  });
}

/** A forecaster fitted on the made series; the caller disposes it. */
export type FitQuickly = (fit?: FitEverything, change?: Partial<NhitsForecasterOptions>) => Promise<FittedForecaster>;

export const fitQuickly =
  (backend: Backend<Tensor>): FitQuickly =>
  async (fit = {}, change = {}) => {
    const recipe = new NhitsForecaster(backend, { ...options, ...change });
    return (await planAndFit(recipe, madeSeries(), { ...quick, ...fit })).forecaster;
  };

/** A digest of all bits of the weights and their names. */
export async function weightsOf(forecaster: FittedForecaster): Promise<string> {
  const hash = createHash('sha256');
  for (const [name, { data }] of Object.entries(await forecaster.saveWeights())) {
    hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
