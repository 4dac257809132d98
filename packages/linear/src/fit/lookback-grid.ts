import type { SeriesSet } from '@nt/data';
import { LinearError } from '../linear-error.ts';
import { badOption } from './check-options.ts';
import type { FitParts } from './fit-parts.ts';
import type { RidgeConfig } from './ridge-options.ts';

/** Look-backs beyond this are a research question of their own. */
const longest = 1024;
const factor = 1.5;
/** Windows that must be left at the longest look-back, as a share of those that there are without any. */
const leastShare = 0.1;
/** Fewer windows tell nothing. */
const leastWindows = 8;

/**
 * The look-backs that are tried; all are fitted to the same windows, those that have room for the longest.
 *
 * @throws LinearError `linear/too-few-windows`; `linear/option` for given ones that cannot hold a season
 */
export function lookbackGrid(set: SeriesSet, { train, strict }: FitParts, config: RidgeConfig): readonly number[] {
  const { horizon, season, centres, lookbacks: given } = config;
  const least = centres.includes('season-mean') ? season : 1;
  if (given && given[0]! < least) {
    throw badOption('lookbacks', `at least one season (${season} time steps) for the centre 'season-mean'`, given[0]);
  }
  const count = (lookback: number): number =>
    train.starts.reduce((sum, start, series) => {
      const end = Math.min(train.ends[series]!, set.lengths[series]!);
      return sum + Math.max(0, end - horizon + 1 - (strict ? start + lookback : Math.max(start, lookback)));
    }, 0);
  const usual = geometric(Math.max(2 * season, Math.min(horizon, 96)));
  const needed = Math.max(leastWindows, leastShare * count(1));
  const fitting = given ?? usual.filter((lookback) => count(lookback) >= needed);
  const chosen = fitting.length > 0 ? fitting : [Math.max(least, 2)];
  const largest = chosen.at(-1)!;
  if (count(largest) >= leastWindows) return chosen;
  throw new LinearError(
    'linear/too-few-windows',
    `fitRidge: expected at least ${leastWindows} training windows of ${largest} + ${horizon} time steps, found ${count(largest)}. Give more data, or a smaller horizon, season or look-back.`,
    { horizon, lookback: largest, found: count(largest) },
  );
}

function geometric(first: number): readonly number[] {
  const grid: number[] = [];
  for (let size = first; size <= Math.max(longest, first); size *= factor) grid.push(Math.round(size));
  return grid;
}
