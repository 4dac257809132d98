import { type SeriesSet, type StepRanges, splitByTime, type TimeSplit, windows } from '@nt/data';
import type { ForecasterConfig } from '../forecaster-options.ts';
import { runLength } from '../training/run-length.ts';
import { trainingBatches } from '../training/training-batches.ts';
import type { TrainingConfig } from '../training/training-options.ts';
import { checkTargets } from './check-targets.ts';
import { checkParts, holdsWindow } from './part-windows.ts';
import { decidePlan, type Parts, type PlanOptions } from './plan-options.ts';

/** Everything about a fit, decided once: `fit` uses it and decides nothing again. */
export interface FitPlan {
  /** In the data's unit. */
  readonly set: SeriesSet;
  readonly split: TimeSplit;
  /** Of the forecaster that made the plan. */
  readonly forecaster: ForecasterConfig;
  readonly training: TrainingConfig;
  /** Sizes of the parts; null when the split was given. */
  readonly parts: Parts | null;
  readonly trainWindows: number;
  readonly validationWindows: number;
  readonly testWindows: number;
  readonly updatesPerEpoch: number;
  /** Updates of a run that nothing stops early. */
  readonly maxUpdates: number;
}

/** Decides, checks and counts; trains nothing. */
export function fitPlan(set: SeriesSet, forecaster: ForecasterConfig, options: PlanOptions): FitPlan {
  const { training, parts, split: given } = decidePlan(options);
  checkTargets(set, forecaster, training);
  const { inputSize, horizon } = forecaster;
  const split = given ?? splitByTime(set, { ...parts!, inputSize, horizon });
  if (parts) checkParts(split, parts, horizon);
  const count = (ranges: StepRanges): number =>
    holdsWindow(ranges, horizon) ? windows(set, { inputSize, horizon, ranges, strict: split.strict }).count : 0;
  const source = trainingBatches(set, split, forecaster, training);
  const { updatesPerEpoch, totalUpdates } = runLength(source, training);
  return {
    set,
    split,
    forecaster,
    training,
    parts,
    trainWindows: source.windows.count,
    validationWindows: count(split.validation),
    testWindows: count(split.test),
    updatesPerEpoch,
    maxUpdates: totalUpdates,
  };
}
