import type { SeriesSet } from '@nt/data';
import { ForecastError } from '../forecast-error.ts';
import type { ModelState } from '../saved/model-state.ts';
import type { CovariateCounts } from './window-tensors.ts';

const kinds = ['historic', 'future', 'static'] as const;

/** How many covariates of each kind a data set has. */
export function covariateCounts(set: SeriesSet): CovariateCounts {
  const count = (kind: (typeof kinds)[number]): number => set[kind]?.names.length ?? 0;
  return { historic: count('historic'), future: count('future'), static: count('static') };
}

/** @throws ForecastError `forecast/covariates` unless `set` has the covariates that the model was trained with, in order */
export function checkCovariates(expected: ModelState['data'], set: SeriesSet): void {
  for (const kind of kinds) {
    const found = set[kind]?.names ?? [];
    if (found.join('\n') === expected[kind].join('\n')) continue;
    const list = (names: readonly string[]): string => (names.length > 0 ? names.join(', ') : 'none');
    throw new ForecastError(
      'forecast/covariates',
      `The model was trained with ${kind} covariates: ${list(expected[kind])}; the data has: ${list(found)}. Give the columns of the training, numbers as numbers and texts as texts.`,
      { kind, expected: expected[kind], found },
    );
  }
}
