import { checkKeys } from '../options/check-keys.ts';
import { badOption } from '../options/option.ts';

/** What is asked of a forecast. */
export interface PredictOptions {
  /** Quantiles in (0, 1), ascending; default none. */
  readonly quantiles?: readonly number[] | undefined;
}

/** @throws ForecastError `forecast/option`, `forecast/unknown-option` */
export function checkPredictOptions(
  options: PredictOptions,
): Required<PredictOptions> & { quantiles: readonly number[] } {
  checkKeys('predict', options, ['quantiles']);
  const { quantiles = [] } = options;
  checkQuantiles('quantiles', quantiles);
  return { quantiles };
}

/** @throws ForecastError `forecast/option` */
export function checkQuantiles(name: string, quantiles: readonly number[]): void {
  const isAscending = (value: number, index: number): boolean => index === 0 || quantiles[index - 1]! < value;
  const isGood = Array.isArray(quantiles) && quantiles.every((q, i) => q > 0 && q < 1 && isAscending(q, i));
  if (!isGood) throw badOption(name, 'ascending numbers between 0 and 1', quantiles);
}
