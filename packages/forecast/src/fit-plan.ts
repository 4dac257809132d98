import { type SeriesSet, type StepRanges, type TimeSplit, windows } from '@nt/data';
import type { ForecasterConfig } from './forecaster-options.ts';
import { holdsWindow } from './part-windows.ts';
import { runLength, trainingBatches } from './training/training-batches.ts';
import type { TrainingConfig } from './training/training-config.ts';

/** Numbers of windows in each part, and of updates in a run that nothing stops early. */
export interface FitPlan {
  readonly trainWindows: number;
  readonly validationWindows: number;
  readonly testWindows: number;
  readonly updatesPerEpoch: number;
  readonly maxUpdates: number;
}

/** Counts; computes nothing else. */
export function fitPlan(set: SeriesSet, split: TimeSplit, config: ForecasterConfig, training: TrainingConfig): FitPlan {
  const { inputSize, horizon } = config;
  const count = (ranges: StepRanges): number =>
    holdsWindow(ranges, horizon) ? windows(set, { inputSize, horizon, ranges, strict: split.strict }).count : 0;
  const source = trainingBatches(set, split, config, training);
  const { updatesPerEpoch, totalUpdates } = runLength(source, training);
  return {
    trainWindows: source.windows.count,
    validationWindows: count(split.validation),
    testWindows: count(split.test),
    updatesPerEpoch,
    maxUpdates: totalUpdates,
  };
}
