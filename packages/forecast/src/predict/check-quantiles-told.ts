import { scoresNeeded } from '../calibration/conformal-radius.ts';
import { ForecastError } from '../forecast-error.ts';
import type { Predictor } from '../predictor.ts';

/** Whether the predictor can give every one of the quantiles. */
export const canTell = (
  { quantiles: told, highestLevel = 100 }: Pick<Predictor, 'quantiles' | 'highestLevel'>,
  asked: readonly number[],
): boolean =>
  told === 'any' ? asked.every((quantile) => isWithin(quantile, highestLevel)) : asked.every((q) => told.includes(q));

/** Whether a quantile is an end of an interval of at most that level. @param level in percent */
const isWithin = (quantile: number, level: number): boolean => 100 * Math.abs(2 * quantile - 1) <= level + 1e-9;

/** @throws ForecastError `forecast/no-quantiles` unless the predictor can give every one of them */
export function checkQuantilesTold(
  predictor: Pick<Predictor, 'method' | 'quantiles' | 'highestLevel'>,
  asked: readonly number[],
): void {
  if (canTell(predictor, asked)) return;
  const { method, quantiles, highestLevel } = predictor;
  if (quantiles === 'any') {
    const level = Math.max(...asked.map((quantile) => Math.abs(2 * quantile - 1)));
    throw new ForecastError(
      'forecast/no-quantiles',
      `${method} was calibrated on few windows, which allow intervals of at most ${Math.floor(highestLevel!)} %; asked for the quantiles ${asked.join(', ')}, for which it needs ${scoresNeeded(level)} calibration values for each step. Ask for lower levels, or fit with a larger validation part.`,
      { method, highestLevel, asked },
    );
  }
  const can = quantiles.length === 0 ? 'gives no quantiles' : `gives the quantiles ${quantiles.join(', ')}`;
  throw new ForecastError(
    'forecast/no-quantiles',
    `${method} ${can}; asked for ${asked.join(', ')}. Train with a loss that has them (quantile, normal, studentT), or calibrate it with conformal().`,
    { method, told: quantiles, asked },
  );
}
