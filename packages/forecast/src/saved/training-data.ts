import type { Frequency, SeriesSet, TableReading, TimeSplit, Windows } from '@nt/data';
import { timeAt } from '@nt/data';
import { type SeenUntil, seenUntil } from './seen-until.ts';

/** What a predictor learnt from: how such data are read, and up to when it knows them. */
export interface TrainingData {
  readonly target: string;
  readonly frequency: Frequency;
  /** Names of covariates. */
  readonly historic: readonly string[];
  readonly future: readonly string[];
  readonly static: readonly string[];
  readonly seenUntil: SeenUntil;
  /** How the data were read, as options of the readers: the next file is read in the same way. */
  readonly reading: TableReading;
}

/** The training data of something that was fitted to the training and validation parts of a set. */
export const trainingData = (set: SeriesSet, split: TimeSplit): TrainingData => dataOf(set, seenUntil(set, split));

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
  const until: Record<string, number> = {};
  for (const { seenUntil: seen } of known) {
    for (const [id, time] of Object.entries(seen)) until[id] = Math.max(time, until[id] ?? -Infinity);
  }
  return { ...known[0]!, seenUntil: until };
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
