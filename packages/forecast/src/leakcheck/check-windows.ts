import type { Predictor } from '../predictor.ts';
import type { OtherFuture } from './changed-futures.ts';
import { differencesBetween, forecastsAt, placesBefore } from './compare-forecasts.ts';
import { failed, type LeakCheck, type LeakDifference, passed } from './leak-report.ts';

/** One predictor over sets that differ from the cut on only: forecasts that begin before or at the cut must be the same. */
export async function checkWindows(
  predictor: Predictor,
  own: OtherFuture,
  others: readonly OtherFuture[],
): Promise<LeakCheck> {
  const { horizon } = predictor;
  const { set, split } = own;
  const places = placesBefore(set, split.test.starts, originsOf(horizon));
  const before = await forecastsAt(predictor, set, places);
  const differences: LeakDifference[] = [];
  for (const { name: future, set: other } of others) {
    const after = await forecastsAt(predictor, other, places);
    for (const one of differencesBetween(before, after, { set, places, horizon, future })) differences.push(one);
  }
  if (differences.length === 0) {
    return passed(
      'windows',
      `${places.length} forecasts of ${horizon} steps are the same with ${namesOf(others)} futures`,
    );
  }
  const futures = [...new Set(differences.map(({ future }) => future))].join(', ');
  return failed(
    'windows',
    `forecasts look at or behind their origin: they are others when later values are ${futures}`,
    differences,
  );
}

/** Origins of each series that are compared: those whose targets reach behind the cut, and as many before. */
export const originsOf = (horizon: number): number => 2 * horizon;

export const namesOf = (others: readonly OtherFuture[]): string => others.map(({ name }) => name).join(', ');
