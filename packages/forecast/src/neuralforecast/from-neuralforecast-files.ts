import { formatFrequency, parseFrequency } from '@nt/data';
import { type FromNeuralforecastOptions, type ImportedModel, readSavedModel } from '@nt/layers/neuralforecast';
import type { Backend, Json, Tensor } from '@nt/tensor';
import { FittedForecaster } from '../fitted-forecaster.ts';
import { forecasterConfig } from '../forecaster-options.ts';
import { headOf, type LossName } from '../heads/heads.ts';
import { createNetwork } from '../models/create-network.ts';
import type { ModelFactory, ModelOptions, ModelSize } from '../models/model-factory.ts';
import { checkKeys } from '../options/check-keys.ts';
import type { Chosen } from '../options/choice.ts';
import { fittedNetwork } from '../predict/fitted-network.ts';
import type { ModelState } from '../saved/model-state.ts';
import { frequencyOf } from './frequency-of.ts';
import { networks } from './networks.ts';
import { unfittedScaler } from './unfitted-scaler.ts';

/** What the folder does not say, or not unambiguously. */
export interface FromNeuralforecastFilesOptions extends FromNeuralforecastOptions {
  /** Spacing of the time steps, `hour`, `15 minutes` …; default: the folder's. */
  readonly frequency?: string;
}

/**
 * A forecaster of a folder in which neuralforecast 3.3 saved an NHITS or NBEATS: it predicts what `NeuralForecast.predict(df)` does, and is saved,
 * evaluated and trained further as any other. Series are scaled by the rows that they are forecast from, as there.
 * Quantiles of distributions are exact, where neuralforecast draws samples; the point of a distribution is its mean.
 *
 * @param files the folder's files by name
 * @throws LayersError `layers/neuralforecast`, ForecastError `forecast/model-file` naming what cannot be represented here
 */
export async function fromNeuralforecastFiles<T extends Tensor>(
  backend: Backend<T>,
  files: Readonly<Record<string, Uint8Array>>,
  options: FromNeuralforecastFilesOptions = {},
): Promise<FittedForecaster> {
  checkKeys('fromNeuralforecastFiles', options, ['model', 'frequency']);
  const { frequency, ...choice } = options;
  const saved = readSavedModel(files, choice);
  const { factory, read } = networks[saved.modelClass]!;
  const found = read(saved);
  const scaler = unfittedScaler(found);
  const state = stateOf(found, factory, scaler.toJson(), frequency);
  const head = headOf(state.loss);
  const { historic, future, static: fixed } = found.options;
  const counts = { historic, future, static: fixed };
  const model = createNetwork(factory, backend, state.forecaster, counts, head, true);
  try {
    model.loadWeights(found.weights);
  } catch (error) {
    model.dispose();
    throw error;
  }
  const records = { history: [], report: null, evaluation: null };
  return new FittedForecaster(fittedNetwork({ backend, model, head, counts }), scaler, state, records);
}

function stateOf(
  found: ImportedModel<ModelSize>,
  { modelType }: ModelFactory,
  scaler: ModelState['scaler'],
  frequency: string | undefined,
): ModelState {
  const { inputSize, horizon, outputs, historic, future, static: fixed, ...model } = found.options;
  const { id, time, target } = found.columns;
  const names = { historic: found.historic, future: found.future, static: found.static };
  const spacing = frequency === undefined ? frequencyOf(found.frequency) : parseFrequency(frequency);
  const from: Json = { library: 'neuralforecast', alias: found.alias, scalerType: found.scalerType };
  return {
    format: 'nt-forecaster',
    version: 3,
    modelType,
    forecaster: forecasterConfig({
      horizon,
      inputSize,
      scaler: (scaler as { readonly kind: 'none' }).kind,
      model: model as unknown as ModelOptions,
    }),
    loss: found.loss as Chosen<LossName>,
    data: {
      target,
      frequency: spacing,
      ...names,
      // Nothing says which series it was trained on, nor up to when.
      seenUntil: {},
      reading: { id, time, target, ...names },
    },
    scaler,
    training: { importedFrom: from, frequency: formatFrequency(spacing) },
  };
}
