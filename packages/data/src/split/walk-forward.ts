import { badOption, checkChoice, checkFlag, checkKeys, checkWhole } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import type { SeriesSet } from '../series/series-set.ts';
import type { StepRanges, TimeSplit } from './split-by-time.ts';

/** How a backtest walks through time. All sizes are time steps. */
export interface WalkForwardOptions {
  /** How many splits. */
  readonly folds: number;
  /** Length of each test part. */
  readonly testSize: number;
  /** Distance of neighbouring test parts; default `testSize`, so that they touch. */
  readonly step?: number;
  /** `expanding` (default): train from the beginning; `rolling`: the last `trainSize` steps. */
  readonly mode?: 'expanding' | 'rolling';
  /** Needed with `rolling`. */
  readonly trainSize?: number;
  /** Length of the validation part before each test part; default 0. */
  readonly validation?: number;
  /** Steps left unused before validation and before test; default 0. */
  readonly gap?: number;
  /** Inputs must lie in the part as well; default false. */
  readonly strict?: boolean;
}

/**
 * Splits for a backtest, earliest first; the last test part ends with the series. Index ranges only, as `splitByTime`.
 * A series too short for a fold has empty parts in it.
 *
 * @throws DataError `data/too-short` when a fold has no training steps in any series
 */
export function walkForward(set: SeriesSet, options: WalkForwardOptions): TimeSplit[] {
  checkOptions(options);
  const { folds, testSize, step = testSize, validation = 0, gap = 0, trainSize = Infinity, strict = false } = options;
  return Array.from({ length: folds }, (_, fold) => {
    const back = (folds - 1 - fold) * step;
    const parts = { train: ranges(set), validation: ranges(set), test: ranges(set), strict };
    for (let series = 0; series < set.ids.length; series++) {
      const end = set.lengths[series]! - back;
      const test = end - testSize;
      const middle = validation === 0 ? test : test - gap - validation;
      const trainEnd = middle - gap;
      if (trainEnd <= 0) continue;
      setRange(parts.train, series, Math.max(0, trainEnd - trainSize), trainEnd);
      setRange(parts.validation, series, middle, middle + validation);
      setRange(parts.test, series, test, end);
    }
    if (!parts.train.ends.some((end) => end > 0)) throw tooShort(set, options, fold);
    return parts;
  });
}

function checkOptions(options: WalkForwardOptions): void {
  checkKeys('walkForward', options, ['folds', 'testSize', 'step', 'mode', 'trainSize', 'validation', 'gap', 'strict']);
  checkWhole('walkForward', 'folds', options.folds, 1);
  checkWhole('walkForward', 'testSize', options.testSize, 1);
  checkWhole('walkForward', 'step', options.step ?? 1, 1);
  checkWhole('walkForward', 'validation', options.validation ?? 0, 0);
  checkWhole('walkForward', 'gap', options.gap ?? 0, 0);
  checkFlag('walkForward', 'strict', options.strict);
  checkChoice('walkForward', 'mode', options.mode, ['expanding', 'rolling']);
  if (options.mode === 'rolling') checkWhole('walkForward', 'trainSize', options.trainSize ?? Number.NaN, 1);
  else if (options.trainSize !== undefined)
    throw badOption('walkForward', 'trainSize', "left out unless mode is 'rolling'", options.trainSize);
}

function ranges(set: SeriesSet): StepRanges {
  return { starts: new Float64Array(set.ids.length), ends: new Float64Array(set.ids.length) };
}

function setRange(part: StepRanges, series: number, start: number, end: number): void {
  part.starts[series] = start;
  part.ends[series] = end;
}

function tooShort(set: SeriesSet, options: WalkForwardOptions, fold: number): DataError {
  const longest = set.lengths.reduce((most, length) => Math.max(most, length), 0);
  const { folds, testSize, step = testSize, validation = 0, gap = 0 } = options;
  const needed = (folds - 1) * step + testSize + validation + gap * (validation === 0 ? 1 : 2) + 1;
  const message = `walkForward: fold ${fold + 1} of ${folds} has no training steps: the longest series has ${longest} time steps, ${needed} are needed; use fewer folds or smaller parts.`;
  return new DataError('data/too-short', message, { count: longest });
}
