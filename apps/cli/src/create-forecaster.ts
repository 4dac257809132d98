import { Forecaster, type ForecasterOptions, type ModelName, modelFactories } from '@nt/forecast';
import type { Backend, Tensor } from '@nt/tensor';

export type { ModelName } from '@nt/forecast';

/** What `--model` can be, the default first. */
export const modelNames: readonly ModelName[] = Object.keys(modelFactories) as ModelName[];

/** Makes a forecaster with a network. @throws ForecastError */
export const createForecaster = (model: ModelName, options: ForecasterOptions, backend: Backend<Tensor>): Forecaster =>
  new Forecaster(modelFactories[model], backend, options);
