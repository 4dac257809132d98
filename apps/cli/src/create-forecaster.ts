import { type Forecaster, NhitsForecaster, type NhitsForecasterOptions } from '@nt/forecast';
import type { Backend, Tensor } from '@nt/tensor';

const makers: Readonly<Record<'nhits', (options: NhitsForecasterOptions, backend: Backend<Tensor>) => Forecaster>> = {
  nhits: (options, backend) => new NhitsForecaster(backend, options),
};

/** What `--model` can be. */
export type ModelName = keyof typeof makers;

/** The networks by name. */
export const modelNames: readonly ModelName[] = Object.keys(makers) as ModelName[];

/** Makes a forecaster with a network. @throws ForecastError */
export const createForecaster = (
  model: ModelName,
  options: NhitsForecasterOptions,
  backend: Backend<Tensor>,
): Forecaster => makers[model](options, backend);
