import { badOption, checkChoice, checkFlag, checkKeys, checkWhole } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import { checkSet } from '../series/check-set.ts';
import type { SeriesSet } from '../series/series-set.ts';
import type { StepRanges, TimeSplit } from './split-by-time.ts';

/** How a backtest walks through time. All sizes are time steps. */
export interface WalkForwardOptions {
  /** How many splits. */
  readonly folds: number;
  /** Length of each test part. */
  readonly testSize: number;
  /** Distance of neighbouring test parts; default `testSize`, so that they touch. */
  readonly step?: number | undefined;
  /** `expanding` (default): train from the beginning; `rolling`: the last `trainSize` steps. */
  readonly mode?: 'expanding' | 'rolling' | undefined;
  /** Needed with `rolling`. */
  readonly trainSize?: number | undefined;
  /** Length of the validation part before each test part; default 0. */
  readonly validation?: number | undefined;
  /**
   * Steps between the parts, before validation and before test, as if the newest data had not arrived yet; a rolling
   * training part keeps its size and moves back. Default 0.
   */
  readonly gap?: number | undefined;
  /**
   * No target of training or validation lies in the last `purge` steps before the part that follows; the parts shrink.
   * Wanted where targets span more than their step (a return over 5 steps: 4), or where no input of a test window may be
   * a training target (`inputSize`). Steps that `gap` leaves out are left out already. Default 0.
   */
  readonly purge?: number | undefined;
  /** No training target lies in the `embargo` steps behind the test part of an earlier fold. Default 0. */
  readonly embargo?: number | undefined;
  /** Inputs must lie in the part as well; default false. */
  readonly strict?: boolean | undefined;
}

/** One split of a backtest. */
export interface Fold extends TimeSplit {
  readonly embargoed: readonly StepRanges[];
  /** Time steps, over all series, that would be targets of training or validation without these options. */
  readonly unused: Readonly<Record<'gap' | 'purge' | 'embargo', number>>;
}

/**
 * Splits for a backtest, earliest first; the last test part ends with the series. Index ranges only, as `splitByTime`.
 * A series too short for a fold has empty parts in it.
 *
 * @throws DataError `data/too-short` when a fold has no training steps in any series
 * Source: López de Prado 2018, Advances in Financial Machine Learning, chapter 7 (purge, embargo). Differs: training ends
 * before the test part anyway, so that the embargo concerns the test parts of earlier folds, and purging the step before.
 */
export function walkForward(set: SeriesSet, options: WalkForwardOptions): Fold[] {
  checkSet('walkForward', set);
  checkOptions(options);
  return Array.from({ length: options.folds }, (_, fold) => {
    const parts = { train: ranges(set), validation: ranges(set), test: ranges(set), strict: options.strict ?? false };
    const embargoed = Array.from({ length: options.embargo ? fold : 0 }, () => ranges(set));
    const unused = { gap: 0, purge: 0, embargo: 0 };
    for (let series = 0; series < set.ids.length; series++) {
      const cut = cutSeries(set.lengths[series]!, fold, options);
      if (cut === null) continue;
      setRange(parts.train, series, ...cut.train);
      setRange(parts.validation, series, ...cut.validation);
      setRange(parts.test, series, ...cut.test);
      unused.gap += cut.gap;
      unused.purge += cut.purge;
      for (const [earlier, range] of embargoed.entries()) {
        const before = cutSeries(set.lengths[series]!, earlier, options);
        const [start, end] = before ? embargoBehind(before, cut, options) : [0, 0];
        setRange(range, series, start, end);
        unused.embargo += end - start;
      }
    }
    if (!parts.train.ends.some((end, series) => end > parts.train.starts[series]!)) throw tooShort(set, options, fold);
    return { ...parts, embargoed, unused };
  });
}

type Range = readonly [start: number, end: number];

interface Cut extends Readonly<Record<'train' | 'validation' | 'test', Range>> {
  readonly gap: number;
  readonly purge: number;
}

/** The parts of one series in one fold; null when it is too short. */
function cutSeries(length: number, fold: number, options: WalkForwardOptions): Cut | null {
  const { folds, testSize, step = testSize, validation = 0, gap = 0, purge = 0, trainSize = Infinity } = options;
  const end = length - (folds - 1 - fold) * step;
  const test = end - testSize;
  const middle = validation === 0 ? test : test - gap - validation;
  const wholeEnd = middle - gap;
  if (wholeEnd <= 0) return null;
  const start = Math.max(0, wholeEnd - trainSize);
  const trainEnd = Math.max(start, Math.min(wholeEnd, middle - purge));
  const validationEnd = validation === 0 ? middle : Math.min(test - gap, test - purge);
  return {
    train: [start, trainEnd],
    validation: [middle, validationEnd],
    test: [test, end],
    gap: validation === 0 ? gap : 2 * gap,
    purge: wholeEnd - trainEnd + (validation === 0 ? 0 : test - gap - validationEnd),
  };
}

/** The training steps behind an earlier test part, up to those behind the next one, which are counted with it. */
function embargoBehind({ test }: Cut, { train }: Cut, options: WalkForwardOptions): Range {
  const { testSize, step = testSize, embargo = 0 } = options;
  const start = Math.min(Math.max(test[1], train[0]), train[1]);
  return [start, Math.max(start, Math.min(test[1] + Math.min(embargo, step), train[1]))];
}

function checkOptions(options: WalkForwardOptions): void {
  checkKeys('walkForward', options, walkForwardKeys);
  checkWhole('walkForward', 'folds', options.folds, 1);
  checkWhole('walkForward', 'testSize', options.testSize, 1);
  checkWhole('walkForward', 'step', options.step ?? 1, 1);
  for (const name of ['validation', 'gap', 'purge', 'embargo'] as const)
    checkWhole('walkForward', name, options[name] ?? 0, 0);
  checkFlag('walkForward', 'strict', options.strict);
  checkChoice('walkForward', 'mode', options.mode, ['expanding', 'rolling']);
  if (options.mode === 'rolling') checkWhole('walkForward', 'trainSize', options.trainSize ?? Number.NaN, 1);
  else if (options.trainSize !== undefined)
    throw badOption('walkForward', 'trainSize', "left out unless mode is 'rolling'", options.trainSize);
  const { validation = 0, gap = 0, purge = 0, trainSize = Infinity } = options;
  if (purge - gap >= trainSize)
    throw badOption('walkForward', 'purge', `below ${trainSize + gap}, so that some training is left`, purge);
  if (validation > 0 && purge - gap >= validation)
    throw badOption('walkForward', 'purge', `below ${validation + gap}, so that some validation is left`, purge);
}

/** The options of `walkForward`. */
export const walkForwardKeys: readonly (keyof WalkForwardOptions)[] = [
  'folds',
  'testSize',
  'step',
  'mode',
  'trainSize',
  'validation',
  'gap',
  'purge',
  'embargo',
  'strict',
];

function ranges(set: SeriesSet): StepRanges {
  return { starts: new Float64Array(set.ids.length), ends: new Float64Array(set.ids.length) };
}

function setRange(part: StepRanges, series: number, start: number, end: number): void {
  part.starts[series] = start;
  part.ends[series] = end;
}

function tooShort(set: SeriesSet, options: WalkForwardOptions, fold: number): DataError {
  const longest = set.lengths.reduce((most, length) => Math.max(most, length), 0);
  const { folds, testSize, step = testSize, validation = 0, gap = 0, purge = 0 } = options;
  const back = (folds - 1 - fold) * step + testSize + validation;
  const needed = back + Math.max(gap, purge) + (validation === 0 ? 0 : gap) + 1;
  const message = `walkForward: fold ${fold + 1} of ${folds} has no training steps: the longest series has ${longest} time steps, ${needed} are needed; use fewer folds or smaller parts.`;
  return new DataError('data/too-short', message, { count: longest });
}
