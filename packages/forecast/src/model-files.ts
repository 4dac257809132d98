import { parse, SafetensorsError, serialize } from '@nt/safetensors';
import type { Backend, NamedArrays, Tensor } from '@nt/tensor';
import { ForecastError } from './forecast-error.ts';
import { Forecaster } from './forecaster.ts';
import type { ModelState } from './model-state.ts';
import type { ModelFactory } from './models/model-factory.ts';
import { nhitsFactory } from './models/nhits-factory.ts';

/** The files of a model folder by name. */
export type ModelFiles = Readonly<Record<'model.json' | 'weights.safetensors', Uint8Array>>;

/** A fitted forecaster as files: `model.json` (what it is and how it was trained) and `weights.safetensors`. */
export async function toModelFiles<T extends Tensor>(forecaster: Forecaster<T>): Promise<ModelFiles> {
  const { state } = forecaster;
  const weights = await forecaster.saveWeights();
  return {
    'model.json': new TextEncoder().encode(`${JSON.stringify(state, undefined, 2)}\n`),
    'weights.safetensors': serialize(weights, { format: 'pt', modelType: state.modelType }),
  };
}

/**
 * Rebuilds a forecaster from its files. Everything is checked; nothing in them is run.
 *
 * @param factories the models it may be; default N-HiTS
 * @throws ForecastError `forecast/model-file` when a file is damaged, of another version, or of an unknown model
 */
export function fromModelFiles<T extends Tensor>(
  backend: Backend<T>,
  files: ModelFiles,
  factories: readonly ModelFactory[] = [nhitsFactory],
): Forecaster<T> {
  const state = readState(files['model.json']);
  const factory = factories.find(({ modelType }) => modelType === state.modelType);
  if (!factory) {
    const known = factories.map(({ modelType }) => modelType).join(', ');
    throw new ForecastError(
      'forecast/model-file',
      `model.json: the model is of type '${state.modelType}'; known here: ${known}.`,
      { modelType: state.modelType },
    );
  }
  const forecaster = new Forecaster(factory, backend, state.forecaster);
  forecaster.restore(state, readWeights(files['weights.safetensors']));
  return forecaster;
}

function readState(bytes: Uint8Array): ModelState {
  let state: Partial<ModelState>;
  try {
    state = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Partial<ModelState>;
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
  if (state.format !== 'nt-forecaster' || state.version !== 1 || !complete) {
    throw new ForecastError(
      'forecast/model-file',
      `model.json: expected a complete 'nt-forecaster' file of version 1, found format '${state.format}', version ${state.version}.`,
      { format: state.format, version: state.version },
    );
  }
  return state as ModelState;
}

function readWeights(bytes: Uint8Array): NamedArrays {
  try {
    return Object.fromEntries(parse(bytes).tensors) as unknown as NamedArrays;
  } catch (error) {
    if (!SafetensorsError.isInstance(error)) throw error;
    throw new ForecastError('forecast/model-file', `weights.safetensors: ${(error as Error).message}`, {}, error);
  }
}
