import {
  type FromNeuralforecastOptions,
  type ImportedModel,
  importedModel,
  readSavedModel,
  type SavedModel,
} from '@nt/layers/neuralforecast';
import { nbeatsConfig } from '../nbeats-config.ts';
import type { NbeatsConfig } from '../nbeats-options.ts';
import { networkOptions } from './network-options.ts';
import { networkWeights } from './network-weights.ts';

/** An N-BEATS network trained with neuralforecast, as `createNbeats` and a forecaster of `@nt/forecast` want it. */
export type NeuralforecastModel = ImportedModel<NbeatsConfig>;

/**
 * Reads a folder that neuralforecast 3.3's `NeuralForecast.save` has written: safetensors and JSON, no pickle.
 *
 * @param files the folder's files by name: `configuration.json` and `<alias>_<number>.safetensors`; others are not read
 * @throws LayersError `layers/neuralforecast` naming what is not N-BEATS or cannot be represented here, and what to do
 */
export function fromNeuralforecast(
  files: Readonly<Record<string, Uint8Array>>,
  options: FromNeuralforecastOptions = {},
): NeuralforecastModel {
  return fromSavedModel(readSavedModel(files, options, 'NBEATS'));
}

/** The same of a model of this class that was read already. @throws LayersError `layers/neuralforecast` */
export function fromSavedModel(saved: SavedModel): NeuralforecastModel {
  const { outputs, scaleDecouple } = saved.loss;
  const config = nbeatsConfig({ ...networkOptions(saved.hyperParameters), outputs, scaleDecouple });
  return importedModel(saved, config, networkWeights(saved, config));
}
