import type { NamedArrays } from '@nt/tensor';
import { planBlocks } from '../block-plan.ts';
import { nhitsConfig } from '../nhits-config.ts';
import type { NhitsConfig } from '../nhits-options.ts';
import { type ImportedLoss, lossChoice } from './loss-choice.ts';
import { networkOptions } from './network-options.ts';
import { networkWeights } from './network-weights.ts';
import { readConfiguration } from './read-configuration.ts';
import { readModelFile } from './read-model-file.ts';
import { cannotRead } from './refuse.ts';

/** Which model of a folder to read. */
export interface FromNeuralforecastOptions {
  /** Its alias; needed only where the folder holds several. */
  readonly model?: string;
}

/** A network trained with neuralforecast, as `createNhits` and a forecaster of `@nt/forecast` want it. */
export interface NeuralforecastModel {
  readonly alias: string;
  readonly inputSize: number;
  readonly horizon: number;
  /** For `createNhits`. */
  readonly options: NhitsConfig;
  /** For `loadWeights`. Quantiles are in ascending order, in which neuralforecast's `level` does not put them. */
  readonly weights: NamedArrays;
  readonly loss: ImportedLoss;
  /** Names of covariates, in the order of the network's inputs. */
  readonly historic: readonly string[];
  readonly future: readonly string[];
  readonly static: readonly string[];
  /** Scaling of each window, as neuralforecast calls it; `options.windowNormalization` does the same. */
  readonly scalerType: string;
  /** Scaling of each series and of static covariates before the windows, which is the caller's to do; null for none. */
  readonly localScalerType: string | null;
  readonly localStaticScalerType: string | null;
  /** pandas' word for the spacing of time steps, or their distance as a number. */
  readonly frequency: string | number | null;
  readonly columns: { readonly id: string; readonly time: string; readonly target: string };
}

/**
 * Reads a folder that neuralforecast 3.3's `NeuralForecast.save` has written: safetensors and JSON, no pickle.
 *
 * @param files the folder's files by name: `configuration.json` and `<alias>_<number>.safetensors`; others are not read
 * @throws NhitsError `nhits/neuralforecast` naming what is not N-HiTS or cannot be represented here, and what to do
 */
export function fromNeuralforecast(
  files: Readonly<Record<string, Uint8Array>>,
  { model }: FromNeuralforecastOptions = {},
): NeuralforecastModel {
  const { configuration, format } = readConfiguration(files);
  if (format !== '2') throw cannotRead(`its format is '${format}'`, "this reads format '2', of neuralforecast 3.3");
  const categorical = Object.keys((configuration['categorical_vocab_'] as object | null | undefined) ?? {});
  if (categorical.length > 0)
    throw cannotRead(
      `it has categorical covariates (${categorical.join(', ')})`,
      'train it with numbers in their place',
    );
  const { alias, name, bytes } = modelFile(files, model);
  const { hyperParameters, arrays, shared } = readModelFile(name, bytes);
  const { loss, quantileOrder, outputs, scaleDecouple } = lossChoice(hyperParameters['loss'], arrays);
  const options = nhitsConfig({ ...networkOptions(hyperParameters), outputs, scaleDecouple });
  const list = (key: string): string[] => (hyperParameters[key] as string[] | null | undefined) ?? [];
  const text = (key: string): string | null => (configuration[key] as string | null | undefined) ?? null;
  return {
    alias,
    inputSize: options.inputSize,
    horizon: options.horizon,
    options,
    weights: networkWeights(arrays, shared, planBlocks(options), options, quantileOrder),
    loss,
    historic: list('hist_exog_list'),
    future: list('futr_exog_list'),
    static: list('stat_exog_list'),
    scalerType: (hyperParameters['scaler_type'] as string | null | undefined) ?? 'identity',
    localScalerType: text('local_scaler_type'),
    localStaticScalerType: text('local_static_scaler_type'),
    frequency: (configuration['freq'] as string | number | null | undefined) ?? null,
    columns: {
      id: text('id_col') ?? 'unique_id',
      time: text('time_col') ?? 'ds',
      target: text('target_col') ?? 'y',
    },
  };
}

const besides = ['configuration.safetensors', 'dataset.safetensors'];

function modelFile(files: Readonly<Record<string, Uint8Array>>, wanted: string | undefined) {
  const models = Object.keys(files)
    .filter((name) => name.endsWith('.safetensors') && !besides.includes(name))
    .map((name) => ({ name, alias: name.replace(/_\d+\.safetensors$/, ''), bytes: files[name]! }));
  const aliases = models.map(({ alias }) => alias).join(', ');
  if (models.length === 0) {
    const isOld = Object.keys(files).some((name) => name.endsWith('.ckpt'));
    throw cannotRead(
      isOld ? "its models are '.ckpt' files, which hold pickle" : `it has no model file among ${Object.keys(files)}`,
      'convert it with neuralforecast 3.3: `python -m neuralforecast.migrate <folder>`, or with the script of the README',
    );
  }
  const chosen = wanted === undefined ? models : models.filter(({ alias }) => alias === wanted);
  if (chosen.length === 1) return chosen[0]!;
  if (chosen.length > 1) throw cannotRead(`it holds several models: ${aliases}`, "name one with the option 'model'");
  throw cannotRead(`it holds no model '${wanted}'`, `it has ${aliases}`);
}
