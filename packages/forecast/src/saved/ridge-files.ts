import { type FittedRidge, loadRidge, type RidgeState, saveRidge } from '@nt/linear';
import { serialize } from '@nt/safetensors';
import { ForecastError } from '../forecast-error.ts';
import { type ModelFiles, readWeights } from './model-files.ts';

/** A linear model as files: `model.json` (what it is and what was chosen) and `weights.safetensors` (float64). */
export function toRidgeFiles(fitted: FittedRidge): ModelFiles {
  const { state, arrays } = saveRidge(fitted);
  return {
    'model.json': new TextEncoder().encode(`${JSON.stringify(state, undefined, 2)}\n`),
    'weights.safetensors': serialize(arrays, { modelType: 'ridge' }),
  };
}

/**
 * Rebuilds a linear model from its files; it forecasts the same bits.
 *
 * @throws ForecastError `forecast/model-file` when a file is damaged, LinearError `linear/model-file` when it is of
 * another model
 */
export function fromRidgeFiles(files: ModelFiles): FittedRidge {
  return loadRidge({ state: readJson(files['model.json']), arrays: readWeights(files['weights.safetensors']) });
}

function readJson(bytes: Uint8Array): RidgeState {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as RidgeState;
  } catch (error) {
    throw new ForecastError(
      'forecast/model-file',
      'model.json: expected JSON, found something else. Restore the file or fit again.',
      {},
      error,
    );
  }
}
