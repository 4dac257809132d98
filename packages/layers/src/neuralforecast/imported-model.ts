import type { NamedArrays } from '@nt/tensor';
import type { ImportedLoss } from './loss-choice.ts';
import type { SavedModel } from './read-saved-model.ts';
import { savedNames, savedText } from './saved-values.ts';

/** A network trained with neuralforecast, as its package and a forecaster of `@nt/forecast` want it. */
export interface ImportedModel<Options> {
  readonly alias: string;
  readonly inputSize: number;
  readonly horizon: number;
  /** For the function that creates the network. */
  readonly options: Options;
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

/** What a folder says, with what a network made of it. */
export function importedModel<Options extends { readonly inputSize: number; readonly horizon: number }>(
  { alias, hyperParameters, configuration, loss }: SavedModel,
  options: Options,
  weights: NamedArrays,
): ImportedModel<Options> {
  const list = (key: string): readonly string[] => savedNames(hyperParameters, key);
  const text = (key: string): string | null => savedText(configuration, key);
  const { freq } = configuration;
  return {
    alias,
    inputSize: options.inputSize,
    horizon: options.horizon,
    options,
    weights,
    loss: loss.loss,
    historic: list('hist_exog_list'),
    future: list('futr_exog_list'),
    static: list('stat_exog_list'),
    scalerType: savedText(hyperParameters, 'scaler_type') ?? 'identity',
    localScalerType: text('local_scaler_type'),
    localStaticScalerType: text('local_static_scaler_type'),
    frequency: typeof freq === 'number' ? freq : text('freq'),
    columns: {
      id: text('id_col') ?? 'unique_id',
      time: text('time_col') ?? 'ds',
      target: text('target_col') ?? 'y',
    },
  };
}
