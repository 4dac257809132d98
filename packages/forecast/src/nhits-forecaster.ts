import type { NhitsOptions } from '@nt/nhits';
import type { Backend, Tensor } from '@nt/tensor';
import { Forecaster } from './forecaster.ts';
import type { ForecasterOptions } from './forecaster-options.ts';
import type { ModelOptions } from './models/model-factory.ts';
import { nhitsFactory } from './models/nhits-factory.ts';
import { checkObject } from './options/check-keys.ts';

/** What an N-HiTS network leaves to choose: sizes of input, output and covariates follow from the forecaster. */
export type NhitsNetworkOptions = Omit<
  NhitsOptions,
  'inputSize' | 'horizon' | 'outputs' | 'historic' | 'future' | 'static'
>;

/** Options of `NhitsForecaster`. */
export interface NhitsForecasterOptions extends Omit<ForecasterOptions, 'model'> {
  readonly model?: NhitsNetworkOptions | undefined;
}

/** A forecaster with an N-HiTS network (Challu et al., AAAI 2023). */
export class NhitsForecaster<T extends Tensor = Tensor> extends Forecaster<T> {
  constructor(backend: Backend<T>, options: NhitsForecasterOptions) {
    checkObject('forecaster', options);
    const { model = {}, ...rest } = options;
    super(nhitsFactory, backend, { ...rest, model: model as ModelOptions });
  }
}
