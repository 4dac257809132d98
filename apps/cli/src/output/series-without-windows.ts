import { type SeriesSet, splitByTime } from '@nt/data';
import type { TrainFlags } from '../options/train-options.ts';

const named = 5;

/** Says which of several series are too short for a training window: nothing is learned from them. */
export function seriesWithoutWindows(set: SeriesSet, flags: TrainFlags): string[] {
  const needed = flags.inputSize + flags.horizon;
  const { ends } = splitByTime(set, { validation: flags.valSplit, test: flags.testSplit }).train;
  const short = set.ids.flatMap((id, series) => (ends[series]! < needed ? [`${id} (${ends[series]})`] : []));
  if (short.length === 0) return [];
  const more = short.length > named ? ` and ${short.length - named} more` : '';
  return [
    `no training window fits into ${short.slice(0, named).join(', ')}${more}: ${needed} time steps are needed before the part that decides when to stop; nothing is learned from ${short.length === 1 ? 'this series' : 'these series'}`,
  ];
}
