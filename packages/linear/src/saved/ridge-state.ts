import { type Frequency, type JsonValue, type SeriesSet, type StepRanges, type TableReading, timeAt } from '@nt/data';
import type { FitParts } from '../fit/fit-parts.ts';
import type { RidgeConfig } from '../fit/ridge-options.ts';
import type { RidgeChoice } from '../fit/solve-choice.ts';
import { LinearError } from '../linear-error.ts';
import type { LagCounts } from '../moments/lag-layout.ts';

/** Everything about a fitted linear model but its matrices; JSON. */
export interface RidgeState {
  readonly format: 'nt-ridge';
  readonly version: 1;
  readonly columns: LagCounts;
  readonly covariates: Readonly<Record<'historic' | 'future' | 'static', readonly string[]>>;
  readonly intercept: boolean;
  readonly minimumAvailability: number;
  /** Whether the inputs of a window that was learned from lay in its part as well. */
  readonly strict: boolean;
  readonly scaler: JsonValue;
  readonly choice: RidgeChoice;
  readonly learned: LearnedWindows;
  /** What it learned from. Absent in files of before this was kept. */
  readonly data?: RidgeData | undefined;
}

/** The data of a fit, in the order of its series. */
export interface RidgeData {
  readonly target: string;
  readonly frequency: Frequency;
  /** How they were read. */
  readonly reading: TableReading;
  /** Time (exclusive, milliseconds since the epoch) up to which each series was learned from or chose. */
  readonly seenUntil: readonly number[];
  /** The same of the windows that the matrices were solved from. Absent in files of before this was kept. */
  readonly trainedUntil?: readonly number[] | undefined;
}

/** Which windows the matrices were solved from. */
export interface LearnedWindows {
  readonly ids: readonly string[];
  /** Time of the first step of each series, milliseconds since the epoch. */
  readonly times: readonly number[];
  /** Steps in which the targets lay. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The step from which age is counted. */
  readonly reference: readonly number[];
  readonly weights: readonly number[] | null;
}

/** Columns beyond which the normal equations take more than 128 MB and minutes. */
const mostColumns = 4096;

/** What is known before anything was chosen. @throws LinearError `linear/too-large` */
export function ridgeState(
  set: SeriesSet,
  config: RidgeConfig,
  lookback: number,
  { train, validation, seen, refit, strict }: FitParts,
): Omit<RidgeState, 'choice' | 'scaler'> {
  const { horizon, covariateLookback, intercept, minimumAvailability, weights } = config;
  const covariates = covariateNames(set);
  const { historic, future, static: fixed } = covariates;
  const size =
    lookback + horizon + (historic.length + future.length) * covariateLookback + future.length * horizon + fixed.length;
  if (size > mostColumns) {
    throw new LinearError(
      'linear/too-large',
      `fitRidge: expected at most ${mostColumns} columns, found ${size}: look-back ${lookback}, horizon ${horizon}, ${historic.length} historic and ${future.length} future covariates at ${covariateLookback} steps before and, where known, ${horizon} after. Use a smaller covariateLookback, smaller look-backs, or fewer covariates.`,
      { size },
    );
  }
  return {
    format: 'nt-ridge',
    version: 1,
    columns: {
      lookback,
      horizon,
      covariateLookback,
      historic: historic.length,
      future: future.length,
      static: fixed.length,
    },
    covariates,
    intercept,
    minimumAvailability,
    strict,
    learned: { ...learnedWindows(set, refit ? seen : train), reference: [...train.ends], weights },
    data: {
      target: set.target,
      frequency: set.frequency,
      reading: set.reading,
      seenUntil: timesOf(set, laterOf(seen.ends, validation.ends)),
      trainedUntil: timesOf(set, (refit ? seen : train).ends),
    },
  };
}

/** The times of a step of each series. */
export const timesOf = (set: SeriesSet, steps: ArrayLike<number>): readonly number[] =>
  set.ids.map((_, series) => timeAt(set, series, Math.min(steps[series]!, set.lengths[series]!)));

const laterOf = (one: ArrayLike<number>, other: ArrayLike<number>): readonly number[] =>
  Array.from(one, (step, series) => Math.max(step, other[series]!));

/** The names of a set's covariates by kind. */
export function covariateNames(set: SeriesSet): RidgeState['covariates'] {
  const names = (kind: 'historic' | 'future' | 'static'): readonly string[] => set[kind]?.names ?? [];
  return { historic: names('historic'), future: names('future'), static: names('static') };
}

/** Where the windows of some ranges lie. */
export function learnedWindows(
  set: SeriesSet,
  { starts, ends }: StepRanges,
): Pick<LearnedWindows, 'ids' | 'times' | 'starts' | 'ends'> {
  return { ids: set.ids, times: [...set.starts], starts: [...starts], ends: [...ends] };
}
