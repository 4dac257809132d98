import type { SeriesSet, StepRanges } from '@nt/data';
import { LinearError } from '../linear-error.ts';
import { covariateNames, type LearnedWindows, type RidgeState } from './ridge-state.ts';

/** @throws LinearError `linear/covariates` unless a set has the covariates of the fit, in order */
export function checkCovariates(expected: RidgeState['covariates'], set: SeriesSet): void {
  const found = covariateNames(set);
  for (const kind of ['historic', 'future', 'static'] as const) {
    if (found[kind].join('\n') === expected[kind].join('\n')) continue;
    const list = (names: readonly string[]): string => (names.length > 0 ? names.join(', ') : 'none');
    throw new LinearError(
      'linear/covariates',
      `The model was fitted with ${kind} covariates: ${list(expected[kind])}; the data has: ${list(found[kind])}. Read the data with the same column roles.`,
      { kind, expected: expected[kind], found: found[kind] },
    );
  }
}

/** @throws LinearError `linear/shape` unless these are the series that were learned from, from the same step on */
export function checkSameSeries(learned: LearnedWindows, set: SeriesSet, { starts, ends }: StepRanges): void {
  const isSame =
    set.ids.length === learned.ids.length &&
    set.ids.every((id, series) => id === learned.ids[series] && set.starts[series] === learned.times[series]);
  if (!isSame || starts.length !== set.ids.length || ends.length !== set.ids.length) {
    throw new LinearError(
      'linear/shape',
      `expected the ${learned.ids.length} series of the fit in their order, each from its first step on, and a range for each; got ${set.ids.length} series. Keep the old rows and add the new ones behind them, or fit again.`,
      { expected: learned.ids, received: set.ids },
    );
  }
}
