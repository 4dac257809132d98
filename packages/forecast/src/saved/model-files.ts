import { scalerFromJson } from '@nt/data';
import { parse, SafetensorsError, serialize } from '@nt/safetensors';
import type { Backend, NamedArrays, Tensor } from '@nt/tensor';
import { FittedForecaster } from '../fitted-forecaster.ts';
import { ForecastError } from '../forecast-error.ts';
import { headOf } from '../heads/heads.ts';
import { createNetwork } from '../models/create-network.ts';
import type { ModelFactory } from '../models/model-factory.ts';
import { nhitsFactory } from '../models/nhits-factory.ts';
import { fittedNetwork } from '../predict/fitted-network.ts';
import { readState } from './read-state.ts';

/** The files of a model folder by name. */
export type ModelFiles = Readonly<Record<'model.json' | 'weights.safetensors', Uint8Array>>;

/** A fitted forecaster as files: `model.json` (what it is and how it was trained) and `weights.safetensors`. */
export async function toModelFiles(forecaster: FittedForecaster): Promise<ModelFiles> {
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
): FittedForecaster {
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
  const weights = readWeights(files['weights.safetensors']);
  const { historic, future, static: fixed } = state.data;
  const counts = { historic: historic.length, future: future.length, static: fixed.length };
  const head = headOf(state.loss);
  const model = createNetwork(factory, backend, state.forecaster, { ...counts, outputs: head.outputs }, true);
  try {
    model.loadWeights(weights);
    return new FittedForecaster(
      fittedNetwork({ backend, model, head, counts }),
      scalerFromJson(state.scaler),
      state,
      [],
    );
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** Reads a file of weights. @throws ForecastError `forecast/model-file` */
export function readWeights(bytes: Uint8Array): NamedArrays {
  try {
    return Object.fromEntries(parse(bytes).tensors) as unknown as NamedArrays;
  } catch (error) {
    if (!SafetensorsError.isInstance(error)) throw error;
    throw new ForecastError('forecast/model-file', `weights.safetensors: ${(error as Error).message}`, {}, error);
  }
}
