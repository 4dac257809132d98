import type { SeriesSet } from '@nt/data';
import { checkKeys } from '../options/check-keys.ts';
import { badOption } from '../options/option.ts';
import { quantilesOfLevels } from './levels.ts';

/** What is asked of a forecast. */
export interface PredictOptions {
  /** Quantiles in (0, 1), ascending; default none. */
  readonly quantiles?: readonly number[] | undefined;
  /** Central intervals in percent, `[80, 95]`, in place of quantiles. */
  readonly levels?: readonly number[] | undefined;
  /**
   * Time steps to forecast, default the predictor's. More than these are forecast recursively: each forecast is taken for
   * what was observed, and the next begins behind it. Quantiles end at the predictor's horizon, since a recursion knows
   * nothing of its own errors. At most 10,000 times the predictor's, and 1,000,000.
   */
  readonly horizon?: number | undefined;
  /** Covariates known ahead from another set, read with the same roles; default: the rows behind the last target. */
  readonly future?: SeriesSet | undefined;
}

/** The quantiles that are asked for. @throws ForecastError `forecast/option`, `forecast/unknown-option` */
export function quantilesAsked(options: PredictOptions): readonly number[] {
  checkKeys('predict', options, ['quantiles', 'levels', 'horizon', 'future']);
  const { quantiles, levels, future } = options;
  if (future !== undefined && !Array.isArray(future?.ids)) throw badOption('future', 'a set of series', future);
  if (quantiles !== undefined && levels !== undefined) throw badOption('levels', 'no quantiles beside them', quantiles);
  if (levels !== undefined) return quantilesOfLevels(levels);
  checkQuantiles('quantiles', quantiles ?? []);
  return quantiles ?? [];
}

/** @throws ForecastError `forecast/option` */
export function checkQuantiles(name: string, quantiles: readonly number[]): void {
  const isAscending = (value: number, index: number): boolean => index === 0 || quantiles[index - 1]! < value;
  const isGood = Array.isArray(quantiles) && quantiles.every((q, i) => q > 0 && q < 1 && isAscending(q, i));
  if (!isGood) throw badOption(name, 'ascending numbers between 0 and 1', quantiles);
}
