import {
  type FromNeuralforecastOptions,
  type ImportedModel,
  importedModel,
  readSavedModel,
  type SavedModel,
} from '@nt/layers/neuralforecast';
import { nhitsConfig } from '../nhits-config.ts';
import type { NhitsConfig } from '../nhits-options.ts';
import { networkOptions } from './network-options.ts';
import { networkWeights } from './network-weights.ts';

/** An N-HiTS network trained with neuralforecast, as `createNhits` and a forecaster of `@nt/forecast` want it. */
export type NeuralforecastModel = ImportedModel<NhitsConfig>;

/**
 * Reads a folder that neuralforecast 3.3's `NeuralForecast.save` has written: safetensors and JSON, no pickle.
 *
 * @param files the folder's files by name: `configuration.json` and `<alias>_<number>.safetensors`; others are not read
 * @throws LayersError `layers/neuralforecast` naming what is not N-HiTS or cannot be represented here, and what to do
 */
export function fromNeuralforecast(
  files: Readonly<Record<string, Uint8Array>>,
  options: FromNeuralforecastOptions = {},
): NeuralforecastModel {
  return fromSavedModel(readSavedModel(files, options, 'NHITS'));
}

/** The same of a model of this class that was read already. @throws LayersError `layers/neuralforecast` */
export function fromSavedModel(saved: SavedModel): NeuralforecastModel {
  const { outputs, scaleDecouple } = saved.loss;
  const config = nhitsConfig({ ...networkOptions(saved.hyperParameters), outputs, scaleDecouple });
  return importedModel(saved, config, networkWeights(saved, config));
}
