import { type SeriesSet, type SplitSize, splitByTime, type TimeSplit } from '@nt/data';
import { type FitOptions, splitFitOptions } from './fit-options.ts';
import type { ForecasterConfig } from './forecaster-options.ts';
import { checkParts } from './part-windows.ts';
import { type TrainingConfig, trainingConfig } from './training/training-config.ts';

/** Fit options with every default decided, and the parts they cut a data set into. */
export interface FitSplit {
  readonly split: TimeSplit;
  readonly training: TrainingConfig;
  readonly rest: Omit<FitOptions, keyof TrainingConfig>;
  readonly validation: SplitSize;
  readonly test: SplitSize;
}

/** Splits by time; every part that was asked for holds a window. */
export function splitForFit(set: SeriesSet, options: FitOptions, { inputSize, horizon }: ForecasterConfig): FitSplit {
  const { training, rest } = splitFitOptions(options);
  const { validation = 0.1, test = 0 } = rest;
  const split = splitByTime(set, { validation, test, inputSize, horizon });
  checkParts(split, { validation, test }, horizon);
  return { split, training: trainingConfig(training), rest, validation, test };
}
