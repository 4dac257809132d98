import { ForecastError } from '../forecast-error.ts';
import type { Predictor } from '../predictor.ts';

/** Whether the predictor can give every one of the quantiles. */
export const canTell = ({ quantiles: told }: Pick<Predictor, 'quantiles'>, asked: readonly number[]): boolean =>
  told === 'any' || asked.every((quantile) => told.includes(quantile));

/** @throws ForecastError `forecast/no-quantiles` unless the predictor can give every one of them */
export function checkQuantilesTold(predictor: Pick<Predictor, 'method' | 'quantiles'>, asked: readonly number[]): void {
  if (canTell(predictor, asked)) return;
  const { method, quantiles } = predictor;
  const told = quantiles as readonly number[];
  const can = told.length === 0 ? 'gives no quantiles' : `gives the quantiles ${told.join(', ')}`;
  throw new ForecastError(
    'forecast/no-quantiles',
    `${method} ${can}; asked for ${asked.join(', ')}. Train with a loss that has them (quantile, normal, studentT), or calibrate it with conformal().`,
    { method, told, asked },
  );
}
