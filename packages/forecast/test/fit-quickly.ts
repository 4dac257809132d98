import { createHash } from 'node:crypto';
import type { Backend, Tensor } from '@nt/tensor';
import { type FitOptions, NhitsForecaster, type NhitsForecasterOptions } from '../src/index.ts';
import { madeSeries } from './made-series.ts';

/** A forecaster that fits in a moment. */
export const options: NhitsForecasterOptions = { horizon: 7, inputSize: 21, model: { hiddenSize: 16 } };
export const quick: FitOptions = {
  maxEpochs: 4,
  batchSize: 32,
  learningRate: 3e-3,
  validation: 0.15,
  test: 0.2,
};

/** A forecaster fitted on the made series; the caller disposes it. */
export type FitQuickly = (fit?: object, change?: Partial<NhitsForecasterOptions>) => Promise<NhitsForecaster>;

export const fitQuickly =
  (backend: Backend<Tensor>): FitQuickly =>
  async (fit = {}, change = {}) => {
    const forecaster = new NhitsForecaster(backend, { ...options, ...change });
    await forecaster.fit(madeSeries(), { ...quick, ...fit });
    return forecaster;
  };

/** A digest of all bits of the weights and their names. */
export async function weightsOf(forecaster: NhitsForecaster): Promise<string> {
  const hash = createHash('sha256');
  for (const [name, { data }] of Object.entries(await forecaster.saveWeights())) {
    hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
