import type { SeriesSet, StepRanges, TimeSplit } from '@nt/data';
import { type FittedRidge, fitRidge, type RidgeOptions } from '@nt/linear';
import { isTooShort } from './is-too-short.ts';
import type { LinearStart } from './residual-nhits.ts';

/** A longer look-back has to be better by so much, in squared error, than a shorter one. */
const leastGain = 0.01;

/** The look-back that a ridge found right: the shortest that is nearly as good as the best. */
export function chosenLookback({ state }: FittedRidge): number {
  const { shared } = state.choice;
  const best = Math.min(...shared.map(({ validationMse }) => validationMse));
  const good = shared.filter(({ validationMse }) => validationMse <= best * (1 + leastGain));
  return Math.min(...good.map(({ lookback }) => lookback));
}

/** Where the linear part of a network begins. */
export interface LinearStarts {
  /** Time steps. */
  readonly lookback: number;
  readonly start: LinearStart;
  /** The same ridge solved with the windows of other parts; λ stays. */
  readonly of: (ranges: StepRanges) => Promise<LinearStart>;
}

/** The ridge of one look-back, without covariates. */
export const linearStarts = (
  set: SeriesSet,
  split: TimeSplit,
  horizon: number,
  lookback: number,
): Promise<LinearStarts> =>
  startsOf(set, split, { horizon, lookbacks: [lookback], centres: ['last'], halfLives: [Infinity] });

/** The ridges of all look-backs, as the one matrix that their mean is, without covariates; null where data are too short. */
export async function averagedStarts(set: SeriesSet, split: TimeSplit, horizon: number): Promise<LinearStarts | null> {
  try {
    return await startsOf(set, split, { horizon });
  } catch (error) {
    if (isTooShort(error)) return null;
    throw error;
  }
}

async function startsOf(set: SeriesSet, split: TimeSplit, options: RidgeOptions): Promise<LinearStarts> {
  const plain: SeriesSet = { ...set, historic: null, future: null, static: null };
  const fitted = await fitRidge(plain, split, { ...options, matrices: 'shared' });
  const { lookback, horizon } = fitted;
  // The rows of the target come first.
  const startOf = ({ matrices }: FittedRidge): LinearStart => matrices.shared.slice(0, lookback * horizon);
  return { lookback, start: startOf(fitted), of: async (ranges) => startOf(await fitted.refit(plain, ranges)) };
}
