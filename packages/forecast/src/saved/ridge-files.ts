import { type FittedRidge, loadRidge, type RidgeState, saveRidge } from '@nt/linear';
import { serialize } from '@nt/safetensors';
import { readWeights } from './model-files.ts';
import { readJsonFile } from './read-json-file.ts';

/** The files of a linear model by name. */
export type RidgeFiles = Readonly<Record<'model.json' | 'weights.safetensors', Uint8Array>>;

/** A linear model as files: `model.json` (what it is and what was chosen) and `weights.safetensors` (float64). */
export function toRidgeFiles(fitted: FittedRidge): RidgeFiles {
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
export function fromRidgeFiles(files: RidgeFiles): FittedRidge {
  const state = readJsonFile('model.json', files['model.json']) as RidgeState;
  return loadRidge({ state, arrays: readWeights('weights.safetensors', files['weights.safetensors']) });
}
