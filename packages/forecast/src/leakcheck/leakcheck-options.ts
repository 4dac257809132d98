import type { SeriesSet, TimeSplit } from '@nt/data';
import type { EstimatorOptions } from '../backtest/estimator-of.ts';
import { checkInteger, checkSignal, checkUsable } from '../check-arguments.ts';
import { checkSplitParts } from '../fit/check-split-parts.ts';
import { checkKeys } from '../options/check-keys.ts';
import { checkName } from '../options/choice.ts';
import { badOption } from '../options/option.ts';
import { type FutureName, futureNames } from './changed-futures.ts';

/** How leaks are looked for. */
export interface LeakcheckOptions {
  /** For a `Forecaster`: how it is trained. */
  readonly training?: EstimatorOptions | undefined;
  /** The parts, or how they are made of a set; what comes after the beginning of the test part is changed. Default: 10 % validation, 20 % test. */
  readonly split?: TimeSplit | ((set: SeriesSet) => TimeSplit) | undefined;
  /** How the set is made ready before it is split: covariates added, values cleaned. Looked through as well. Default: not at all. */
  readonly prepare?: ((set: SeriesSet) => SeriesSet | Promise<SeriesSet>) | undefined;
  /** What is done to the future; an estimator is trained once for each, and once more. Default all of `futureNames`. */
  readonly futures?: readonly FutureName[] | undefined;
  /** Of the shuffled future; default 1. */
  readonly seed?: number | undefined;
  /** Ends the check with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** @throws ForecastError `forecast/option`, `forecast/unknown-option` */
export function checkLeakcheckOptions(options: LeakcheckOptions): void {
  checkKeys('leakcheck', options, ['training', 'split', 'prepare', 'futures', 'seed', 'signal']);
  const { futures = futureNames, seed = 1 } = options;
  if (!Array.isArray(futures) || futures.length === 0)
    throw badOption('futures', `some of ${futureNames.join(', ')}`, futures);
  for (const name of futures) checkName('futures', name, futureNames);
  checkInteger('seed', seed, 0);
  const { split, prepare, signal } = options;
  if (split !== undefined && typeof split !== 'function') checkSplitParts(split);
  checkUsable('prepare', prepare, 'a function of the set', []);
  checkSignal(signal);
}
