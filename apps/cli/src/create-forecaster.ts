import { type Forecaster, NhitsForecaster } from '@nt/forecast';
import type { Backend, Tensor } from '@nt/tensor';
import { forecasterOptions } from './options/forecaster-options.ts';
import type { TrainFlags } from './options/train-options.ts';

/** What `--model` can be. */
export type ModelName = 'nhits';

const makers: Readonly<Record<ModelName, (flags: TrainFlags, backend: Backend<Tensor>) => Forecaster>> = {
  nhits: (flags, backend) => new NhitsForecaster(backend, forecasterOptions(flags)),
};

/** The networks by name. */
export const modelNames: readonly ModelName[] = Object.keys(makers) as ModelName[];

/** Makes the forecaster that the flags describe. @throws ForecastError */
export const createForecaster = (flags: TrainFlags, backend: Backend<Tensor>): Forecaster =>
  makers[flags.model](flags, backend);
