import {
  type ExponentialMovingAverageOptions,
  exponentialMovingAverage,
  type GradientTransform,
  type StochasticWeightAverageOptions,
  stochasticWeightAverage,
} from '@nt/optim';
import type { Choice, Chosen, Constants } from '../options/choice.ts';
import { badOption } from '../options/option.ts';
import type { RunLength } from './run-length.ts';

/** Averages of the weights by name, with their options. */
export interface AverageCatalogue {
  readonly none: object;
  readonly ema: Constants<ExponentialMovingAverageOptions> & {
    /** Whether the average is short at first: decay min(decay, (1 + t) ÷ (10 + t)) at update t; default false. */
    readonly warmup?: boolean;
  };
  readonly swa: Constants<StochasticWeightAverageOptions>;
}
/** One of `averageNames`. */
export type AverageName = keyof AverageCatalogue;
/** An average, perhaps with options: `{ name: 'ema', decay: 0.99 }`. */
export type AverageChoice = Choice<AverageCatalogue>;

/** `ema`: exponential moving average; `swa`: the plain mean over the ends of the last quarter of the epochs. */
export const averageNames: readonly AverageName[] = ['none', 'ema', 'swa'];

/** @throws OptimError for options that the average does not have or take */
export function averageOf(
  { name, ...options }: Chosen<AverageName>,
  { totalUpdates, updatesPerEpoch }: RunLength,
): GradientTransform | undefined {
  if (name === 'none') return undefined;
  if (name === 'ema') return warmedUp(options);
  // A mean needs two of them.
  const averaged = Math.max(2, Math.ceil(totalUpdates / updatesPerEpoch / 4)) * updatesPerEpoch;
  return stochasticWeightAverage({
    startAfter: Math.max(totalUpdates - averaged, 0),
    every: updatesPerEpoch,
    ...options,
  });
}

/** Source of the warm-up: tf.train.ExponentialMovingAverage's `num_updates`. */
function warmedUp({ warmup = false, ...options }: Readonly<Record<string, unknown>>): GradientTransform {
  if (typeof warmup !== 'boolean') throw badOption('averaging: warmup', 'true or false', warmup);
  if (!warmup) return exponentialMovingAverage(options);
  const { decay = 0.999, ...rest } = options as ExponentialMovingAverageOptions & { readonly decay?: number };
  // A decay out of range must be told of as without the warm-up.
  exponentialMovingAverage({ ...rest, decay });
  return exponentialMovingAverage({ ...rest, decay: (update) => Math.min(decay, (1 + update) / (10 + update)) });
}
