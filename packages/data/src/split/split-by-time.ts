import { badOption, checkFlag, checkKeys, checkWhole } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import { checkSet } from '../series/check-set.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { stepAtTime } from '../series/step-at-time.ts';
import { parseTimeText } from '../time/parse-time-text.ts';

/** Per series, the steps `[start, end)` in which targets may lie. */
export interface StepRanges {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

/** Three parts in the order of time. An empty part has `start === end`. */
export interface TimeSplit {
  readonly train: StepRanges;
  readonly validation: StepRanges;
  readonly test: StepRanges;
  /** True when inputs must lie in the part as well; pass it on to `windows`. */
  readonly strict: boolean;
  /** Steps of the training part in which no target may lie; pass it on to `windows` as `except`. Absent: none. */
  readonly embargoed?: readonly StepRanges[];
}

/** Size of a part: a fraction in (0, 1), a number of time steps, or the ISO date at which the part begins. */
export type SplitSize = number | string;

/** How a set is split. */
export interface SplitOptions {
  /** Default 0: no validation part. */
  readonly validation?: SplitSize;
  /** Default 0: no test part. */
  readonly test?: SplitSize;
  /** Time steps from the beginning; what is left behind the test part is not used. Default: all before validation. */
  readonly train?: number;
  /** Time steps left unused before validation and before test. Default 0. */
  readonly gap?: number;
  /** Inputs must lie in the part as well; default false: they may reach back in time, as in the field's protocol. */
  readonly strict?: boolean;
  /** With `horizon`: throws when no series has a training window of this size. */
  readonly inputSize?: number;
  readonly horizon?: number;
}

/**
 * Splits every series by time into train, validation and test; gives index ranges, copies nothing. A window belongs to
 * a part when all its targets lie in it, so no target is shared. Fractions as in Informer's protocol: train takes the
 * first ⌊n · (1 − validation − test)⌋ steps, test the last ⌊n · test⌋, validation what lies between.
 *
 * @throws DataError `data/bad-option`; `data/too-short` when nothing is left to train on
 */
export function splitByTime(set: SeriesSet, options: SplitOptions = {}): TimeSplit {
  checkSet('splitByTime', set);
  checkKeys('splitByTime', options, ['validation', 'test', 'train', 'gap', 'strict', 'inputSize', 'horizon']);
  const { validation = 0, test = 0, gap = 0, strict = false } = options;
  checkSize('validation', validation);
  checkSize('test', test);
  checkWhole('splitByTime', 'gap', gap, 0);
  checkFlag('splitByTime', 'strict', options.strict);
  if (options.inputSize !== undefined) checkWhole('splitByTime', 'inputSize', options.inputSize, 1);
  if (options.horizon !== undefined) checkWhole('splitByTime', 'horizon', options.horizon, 1);
  if (options.train !== undefined) checkWhole('splitByTime', 'train', options.train, 1);
  if (
    typeof validation === 'number' &&
    typeof test === 'number' &&
    validation < 1 &&
    test < 1 &&
    validation + test >= 1
  ) {
    throw badOption('splitByTime', 'validation + test', 'below 1', validation + test);
  }
  const count = set.ids.length;
  const range = (): StepRanges => ({ starts: new Float64Array(count), ends: new Float64Array(count) });
  const split = { train: range(), validation: range(), test: range(), strict };
  for (let series = 0; series < count; series++) {
    const [first, second, end] = boundaries(set, series, { ...options, validation, test });
    setRange(split.train, series, 0, first < end ? first - gap : first);
    setRange(split.validation, series, first, second < end ? second - gap : second);
    setRange(split.test, series, second, end);
  }
  checkTrain(set, split, options);
  return split;
}

/** Steps at which validation begins, test begins, and the data used end. */
function boundaries(
  set: SeriesSet,
  series: number,
  options: SplitOptions & { validation: SplitSize; test: SplitSize },
): [number, number, number] {
  const length = set.lengths[series]!;
  const { train, validation, test } = options;
  const steps = (size: number) => (size < 1 ? Math.floor(length * size + 1e-9) : size);
  if (train !== undefined) {
    if (typeof validation === 'string' || typeof test === 'string')
      throw badOption('splitByTime', 'train', 'left out when a part begins at a date', train);
    const first = Math.min(length, train);
    const second = Math.min(length, first + steps(validation));
    return [first, second, Math.min(length, second + steps(test))];
  }
  const second = typeof test === 'string' ? stepAt(set, series, test) : Math.max(0, length - steps(test));
  if (typeof validation === 'string') return [Math.min(second, stepAt(set, series, validation)), second, length];
  const isFraction = typeof test === 'number' && validation > 0 && validation < 1 && test < 1;
  const first = isFraction ? Math.floor(length * (1 - validation - test) + 1e-9) : second - steps(validation);
  return [Math.max(0, first), second, length];
}

/** The first step that is not before a date. */
function stepAt(set: SeriesSet, series: number, date: string): number {
  if (set.frequency.unit === 'row')
    throw badOption(
      'splitByTime',
      'validation and test',
      'fractions or lengths, since the data have no time column',
      date,
    );
  const time = parseTimeText(date, 'splitByTime');
  return stepAtTime(set, series, time);
}

function setRange(ranges: StepRanges, series: number, start: number, end: number): void {
  ranges.starts[series] = start;
  ranges.ends[series] = Math.max(start, end);
}

function checkSize(option: string, size: SplitSize): void {
  if (typeof size === 'string') parseTimeText(size, `splitByTime: ${option}`);
  else if (typeof size !== 'number' || !(size >= 0) || (size >= 1 && !Number.isSafeInteger(size))) {
    throw badOption('splitByTime', option, 'a fraction in [0, 1), a whole number of time steps or an ISO date', size);
  }
}

function checkTrain(set: SeriesSet, split: TimeSplit, options: SplitOptions): void {
  const needed = (options.inputSize ?? 0) + (options.horizon ?? 1);
  let longest = 0;
  for (let series = 0; series < set.ids.length; series++) longest = Math.max(longest, split.train.ends[series]!);
  if (longest >= needed) return;
  const longestSeries = set.lengths.reduce((most, length) => Math.max(most, length), 0);
  const message = `the training part has at most ${longest} time steps (of ${longestSeries} in the longest series), a window needs ${needed}; use more data, a smaller window (${remedy('inputSize')} or ${remedy('horizon')}), or smaller parts (${remedy('validation')} and ${remedy('test')}).`;
  throw new DataError('data/too-short', message, { count: longest });
}
