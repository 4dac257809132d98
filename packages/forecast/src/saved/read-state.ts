import { ForecastError } from '../forecast-error.ts';
import type { ModelState } from './model-state.ts';

type SavedStateOfVersion1 = Omit<ModelState, 'version' | 'loss'> & { readonly version: 1 };
type SavedState = ModelState | SavedStateOfVersion1;

/** Checks and reads `model.json`. @throws ForecastError `forecast/model-file` */
export function readState(bytes: Uint8Array): ModelState {
  let state: Partial<SavedState>;
  try {
    state = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Partial<SavedState>;
  } catch (error) {
    throw new ForecastError(
      'forecast/model-file',
      'model.json: expected JSON, found something else. Restore the file or train again.',
      {},
      error,
    );
  }
  const complete =
    state.modelType !== undefined &&
    state.forecaster !== undefined &&
    state.data !== undefined &&
    state.scaler !== undefined;
  if (state.format !== 'nt-forecaster' || (state.version !== 1 && state.version !== 2) || !complete) {
    throw new ForecastError(
      'forecast/model-file',
      `model.json: expected a complete 'nt-forecaster' file of version 1 or 2, found format '${state.format}', version ${state.version}.`,
      { format: state.format, version: state.version },
    );
  }
  return state.version === 2 ? (state as ModelState) : migrated(state as SavedStateOfVersion1);
}

/** Version 1 knew only networks that give one number; all of their losses read it the same way. */
function migrated(state: SavedStateOfVersion1): ModelState {
  return { ...state, version: 2, loss: { name: 'mae' } };
}
