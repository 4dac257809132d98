import { ForecastError } from '../forecast-error.ts';
import type { Predictor } from '../predictor.ts';

/** @throws ForecastError `forecast/no-quantiles` unless the predictor can give every one of them */
export function checkQuantilesTold(
  { method, quantiles: told }: Pick<Predictor, 'method' | 'quantiles'>,
  asked: readonly number[],
): void {
  if (told === 'any' || asked.every((quantile) => told.includes(quantile))) return;
  const can = told.length === 0 ? 'gives no quantiles' : `gives the quantiles ${told.join(', ')}`;
  throw new ForecastError(
    'forecast/no-quantiles',
    `${method} ${can}; asked for ${asked.join(', ')}. Train with a loss that has them (quantile, normal, studentT), or calibrate it with conformal().`,
    { method, told, asked },
  );
}
