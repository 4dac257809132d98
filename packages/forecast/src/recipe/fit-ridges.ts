import type { SeriesSet, StepRanges, TimeSplit } from '@nt/data';
import { type FittedRidge, fitRidge } from '@nt/linear';
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
  readonly start: LinearStart;
  /** The same ridge solved with the windows of other parts; λ stays. */
  readonly of: (ranges: StepRanges) => Promise<LinearStart>;
}

/** Where the linear part of a network begins: the ridge of one look-back, without covariates. */
export async function linearStarts(
  set: SeriesSet,
  split: TimeSplit,
  horizon: number,
  lookback: number,
): Promise<LinearStarts> {
  const plain: SeriesSet = { ...set, historic: null, future: null, static: null };
  const fitted = await fitRidge(plain, split, {
    horizon,
    lookbacks: [lookback],
    centres: ['last'],
    matrices: 'shared',
    halfLives: [Infinity],
  });
  // The rows of the target come first.
  const startOf = ({ matrices }: FittedRidge): LinearStart => matrices.shared.slice(0, lookback * horizon);
  return { start: startOf(fitted), of: async (ranges) => startOf(await fitted.refit(plain, ranges)) };
}
