import { Forecaster, type ForecasterOptions, type ModelFactory, nhitsFactory } from '@nt/forecast';
import type { Backend, Tensor } from '@nt/tensor';

const factories: Readonly<Record<'nhits', ModelFactory>> = { nhits: nhitsFactory };

/** What `--model` can be. */
export type ModelName = keyof typeof factories;

/** The networks by name, the default first. */
export const modelNames: readonly ModelName[] = Object.keys(factories) as ModelName[];

/** Makes a forecaster with a network. @throws ForecastError */
export const createForecaster = (model: ModelName, options: ForecasterOptions, backend: Backend<Tensor>): Forecaster =>
  new Forecaster(factories[model], backend, options);
