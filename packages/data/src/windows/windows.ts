import { badOption, checkFlag, checkKeys, checkWhole } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import { checkSet } from '../series/check-set.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { checkRanges } from '../split/check-ranges.ts';
import type { StepRanges } from '../split/split-by-time.ts';
import type { Windows } from './indexed-windows.ts';
import { keepAvailable, keepOutside } from './keep-windows.ts';

/** Which windows of a set are used. */
export interface WindowsOptions {
  /** Time steps of input before the first target. */
  readonly inputSize: number;
  /** Time steps of target. */
  readonly horizon: number;
  /** Time steps between neighbouring windows; default 1. */
  readonly stride?: number;
  /** Where targets may lie; default everywhere. */
  readonly ranges?: StepRanges;
  /** Where no target may lie, such as the `embargoed` steps of a split; default nowhere. */
  readonly except?: readonly StepRanges[];
  /** Inputs must lie in the range as well; default false. */
  readonly strict?: boolean;
  /** Inputs may begin before the series: those steps are 0 with mask 0. Default false. */
  readonly padInput?: boolean;
  /**
   * Windows may reach behind the end of their range, as long as their first target is in it: target steps behind it are
   * 0 with mask 0, whatever is there. neuralforecast trains on such windows. Default false.
   */
  readonly partialTargets?: boolean;
  /** Least available share of input and target steps; default: any input, at least one target step. */
  readonly minimumAvailability?: { readonly input?: number; readonly target?: number };
  /** Weight of each series in the loss, handed on with its windows; default none. */
  readonly weights?: ArrayLike<number>;
  /** Only the last windows of each series, counted from the end of its range; default all. */
  readonly last?: number;
}

const keys = [
  'inputSize',
  'horizon',
  'stride',
  'ranges',
  'except',
  'strict',
  'padInput',
  'partialTargets',
  'minimumAvailability',
  'weights',
  'last',
];

/**
 * Indexes the windows of a set, series by series. With L = `inputSize`, H = `horizon` and targets in `[a, b)`, a series
 * has ⌊(b − H − first) / stride⌋ + 1 windows, first = max(a, L), or a + L when `strict`, or a when `padInput`; with
 * `partialTargets` H counts as 1.
 *
 * @throws DataError `data/bad-option`; `data/too-short` when no series holds a window
 */
export function windows(set: SeriesSet, options: WindowsOptions): Windows {
  checkSet('windows', set);
  checkOptions(options);
  if (options.ranges !== undefined) checkRanges('windows', set, options.ranges);
  if (options.weights !== undefined && options.weights.length !== set.ids.length) {
    throw badOption('windows', 'weights', `one number for each of ${set.ids.length} series`, options.weights.length);
  }
  for (const weight of Array.from(options.weights ?? []))
    if (!(Number.isFinite(weight) && weight >= 0))
      throw badOption('windows', 'weights', 'numbers of at least 0', weight);
  const { inputSize, horizon, stride = 1, last = Infinity } = options;
  const firsts = new Float64Array(set.ids.length);
  const counts = new Float64Array(set.ids.length + 1);
  for (let series = 0; series < set.ids.length; series++) {
    const [first, end] = originRange(set, series, options);
    const count = end < first ? 0 : Math.floor((end - first) / stride) + 1;
    const kept = Math.min(count, last);
    firsts[series] = first + (count - kept) * stride;
    counts[series + 1] = counts[series]! + kept;
  }
  const total = counts[set.ids.length]!;
  if (total === 0) throw tooShort(set, options);
  const all: Windows = {
    set,
    inputSize,
    horizon,
    count: total,
    bounds: counts,
    weights: options.weights === undefined ? null : Float32Array.from(options.weights),
    targetEnds:
      options.partialTargets && options.ranges
        ? Float64Array.from(set.ids, (_, series) => endOf(set, series, options.ranges))
        : null,
    locate: (window) => {
      const series = seriesOf(counts, window);
      return { series, origin: firsts[series]! + (window - counts[series]!) * stride };
    },
  };
  const free = options.except ? keepOutside(all, options.except) : all;
  const least = options.minimumAvailability;
  // Without missing values, and without steps outside of the series or its range, every window is whole.
  const isWhole = set.available === null && (!least || !(options.padInput || options.partialTargets));
  return isWhole ? free : keepAvailable(free, least ?? {});
}

function checkOptions(options: WindowsOptions): void {
  checkKeys('windows', options, keys);
  checkWhole('windows', 'inputSize', options.inputSize, 1);
  checkWhole('windows', 'horizon', options.horizon, 1);
  if (options.stride !== undefined) checkWhole('windows', 'stride', options.stride, 1);
  if (options.last !== undefined) checkWhole('windows', 'last', options.last, 1);
  checkFlag('windows', 'strict', options.strict);
  checkFlag('windows', 'padInput', options.padInput);
  checkFlag('windows', 'partialTargets', options.partialTargets);
  const least = options.minimumAvailability ?? {};
  if (typeof least !== 'object') throw badOption('windows', 'minimumAvailability', 'shares of input and target', least);
  checkKeys('windows minimumAvailability', least, ['input', 'target']);
  if (options.strict && options.padInput) throw badOption('windows', 'padInput', 'false when strict is true', true);
  for (const part of ['input', 'target'] as const) {
    const share = least[part] ?? 0;
    if (!(share >= 0 && share <= 1)) throw badOption('windows', `minimumAvailability.${part}`, 'in [0, 1]', share);
  }
}

/** First and last origin of a series. */
function originRange(set: SeriesSet, series: number, options: WindowsOptions): [number, number] {
  const { inputSize, horizon, ranges, strict = false, padInput = false, partialTargets = false } = options;
  const start = ranges ? ranges.starts[series]! : 0;
  const end = endOf(set, series, ranges);
  const first = strict ? start + inputSize : padInput ? Math.max(start, 1) : Math.max(start, inputSize);
  return [first, end - (partialTargets ? 1 : horizon)];
}

const endOf = (set: SeriesSet, series: number, ranges: StepRanges | undefined): number =>
  Math.min(set.lengths[series]!, ranges ? ranges.ends[series]! : Infinity);

/** The series whose windows include a number: for series of equal length the first guess is right. */
function seriesOf(counts: Float64Array, window: number): number {
  let low = 0;
  let high = counts.length - 2;
  const guess = Math.floor((window / counts[high + 1]!) * (high + 1));
  if (counts[guess]! <= window && window < counts[guess + 1]!) return guess;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (counts[middle]! <= window) low = middle;
    else high = middle - 1;
  }
  return low;
}

function tooShort(set: SeriesSet, options: WindowsOptions): DataError {
  const { inputSize, horizon, padInput, partialTargets } = options;
  const longest = set.lengths.reduce((most, length) => Math.max(most, length), 0);
  const part = options.ranges ? ' within the given ranges' : '';
  const smaller = [padInput ? [] : [remedy('inputSize')], partialTargets ? [] : [remedy('horizon')]]
    .flat()
    .join(' or ');
  const padding = padInput ? '' : ', or pad it on the left, as the option padInput of windows does';
  const advice = smaller === '' ? 'add rows' : `use a smaller window (${smaller})${padding}`;
  const message = `no window of ${padInput ? 1 : inputSize} + ${partialTargets ? 1 : horizon} time steps fits${part}: the longest series ('${set.ids[set.lengths.indexOf(longest)]}') has ${longest}; ${advice}.`;
  return new DataError('data/too-short', message, { count: longest });
}
