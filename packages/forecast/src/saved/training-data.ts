import type { Frequency, SeriesSet, TableReading, TimeSplit, Windows } from '@nt/data';
import { timeAt } from '@nt/data';
import { laterOf, type SeenUntil, seenUntil, trainedUntil } from './seen-until.ts';

/** What a predictor learnt from: how such data are read, and up to when it knows them. */
export interface TrainingData {
  readonly target: string;
  readonly frequency: Frequency;
  /** Names of covariates. */
  readonly historic: readonly string[];
  readonly future: readonly string[];
  readonly static: readonly string[];
  readonly seenUntil: SeenUntil;
  /** Up to when its weights learnt from each series: without what only chose or calibrated. Absent: not known, or none did. */
  readonly trainedUntil?: SeenUntil | undefined;
  /** How the data were read, as options of the readers: the next file is read in the same way. */
  readonly reading: TableReading;
}

/** The training data of something that was fitted to the training and validation parts of a set. */
export const trainingData = (set: SeriesSet, split: TimeSplit): TrainingData => ({
  ...dataOf(set, seenUntil(set, split)),
  trainedUntil: trainedUntil(set, split),
});

/** The training data of something that looked at the targets of windows. */
export function windowsSeen({ set, bounds, horizon, locate, targetEnds }: Windows): TrainingData {
  const seen = set.ids.flatMap((id, series): [string, number][] => {
    const end = bounds[series + 1]!;
    if (end === bounds[series]!) return [];
    const last = Math.min(locate(end - 1).origin + horizon, targetEnds?.[series] ?? Infinity);
    return [[id, timeAt(set, series, last)]];
  });
  return dataOf(set, Object.fromEntries(seen));
}

/** What several have seen together: read as the first says, each series up to the latest time. */
export function joinTrainingData(all: readonly (TrainingData | undefined)[]): TrainingData | undefined {
  const known = all.filter((data) => data !== undefined);
  if (known.length === 0) return undefined;
  const trained = known.map((data) => data.trainedUntil).filter((until) => until !== undefined);
  return {
    ...known[0]!,
    seenUntil: laterOf(known.map((data) => data.seenUntil)),
    ...(trained.length > 0 && { trainedUntil: laterOf(trained) }),
  };
}

/**
 * What a fit has seen: its training and validation parts, and through those whom it learnt from all that these have.
 *
 * @param others a teacher, the forecaster to begin with
 */
export function inheritedData(
  set: SeriesSet,
  split: TimeSplit,
  others: readonly (TrainingData | undefined)[],
): TrainingData {
  return joinTrainingData([trainingData(set, split), ...others.map((other) => other && sameSeries(other, set))])!;
}

/** A single series has no id but its target's name, and that may have been another there. */
function sameSeries(data: TrainingData, { ids, target }: SeriesSet): TrainingData {
  const [id, ...more] = Object.keys(data.seenUntil);
  const isSingle = id === data.target && more.length === 0 && ids.length === 1 && ids[0] === target;
  if (!isSingle) return data;
  const renamed = (until: SeenUntil): SeenUntil => (Object.hasOwn(until, id) ? { [target]: until[id]! } : {});
  return {
    ...data,
    seenUntil: renamed(data.seenUntil),
    ...(data.trainedUntil && { trainedUntil: renamed(data.trainedUntil) }),
  };
}

function dataOf(set: SeriesSet, seen: SeenUntil): TrainingData {
  const names = (kind: 'historic' | 'future' | 'static'): readonly string[] => set[kind]?.names ?? [];
  return {
    target: set.target,
    frequency: set.frequency,
    historic: names('historic'),
    future: names('future'),
    static: names('static'),
    seenUntil: seen,
    reading: set.reading,
  };
}
