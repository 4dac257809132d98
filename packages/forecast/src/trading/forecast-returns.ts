import { badArgument, checkInteger, checkKeys, checkLength } from '../check-arguments.ts';

/** What becomes of origins with a price of 0 or less. */
export const nonPositivePolicies = ['error', 'skip'] as const;

/** Prices that were forecast, from origin to origin of one series in time order. */
export interface ForecastPrices {
  /** `[origins]`: the last known price before each forecast */
  readonly last: ArrayLike<number>;
  /** `[origins, horizon]`: what came, NaN where unknown */
  readonly actual: ArrayLike<number>;
  /** `[origins, horizon]` */
  readonly forecast: ArrayLike<number>;
  readonly horizon: number;
  /** the step of the horizon to trade on, 1 … horizon; default the last */
  readonly step?: number | undefined;
  /** a price of 0 or less has no return (oil was at −37 in April 2020): `error` (default) or `skip`, which makes it unknown */
  readonly nonPositive?: (typeof nonPositivePolicies)[number] | undefined;
}

/** Simple returns, price ÷ last − 1: a fraction, 0.01 = 1 %. */
export interface ForecastReturns {
  /** `[origins]` */
  readonly predicted: Float64Array;
  /** `[origins]`, NaN where unknown */
  readonly realised: Float64Array;
  /** time steps that a return spans */
  readonly horizon: number;
  /** origins without a return because a price is 0 or less */
  readonly skipped: number;
}

/**
 * Turns prices into the returns from each origin to one step of its horizon.
 *
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`
 */
export function forecastReturns(prices: ForecastPrices): ForecastReturns {
  const owner = 'forecastReturns';
  checkKeys(owner, prices, ['last', 'actual', 'forecast', 'horizon', 'step', 'nonPositive']);
  const { last, actual, forecast, horizon, step = horizon, nonPositive = 'error' } = prices;
  checkInteger('horizon', horizon, 1);
  checkInteger('step', step, 1);
  if (step > horizon) throw badArgument(`${owner}: step: expected 1 to ${horizon}, got ${step}.`, { option: 'step' });
  if (!nonPositivePolicies.includes(nonPositive)) {
    throw badArgument(`${owner}: nonPositive: expected one of ${nonPositivePolicies.join(', ')}, got ${nonPositive}.`);
  }
  const origins = last.length;
  for (const [name, array] of Object.entries({ actual, forecast })) {
    checkLength(owner, name, array, origins * horizon, `${origins} origins × ${horizon} steps`);
  }
  const predicted = new Float64Array(origins).fill(Number.NaN);
  const realised = new Float64Array(origins).fill(Number.NaN);
  let skipped = 0;
  for (let origin = 0; origin < origins; origin++) {
    const from = last[origin]!;
    const to = actual[origin * horizon + step - 1]!;
    if (from <= 0 || to <= 0) {
      if (nonPositive === 'error') throw noReturn(origin, from <= 0 ? from : to);
      skipped += 1;
      continue;
    }
    predicted[origin] = forecast[origin * horizon + step - 1]! / from - 1;
    realised[origin] = to / from - 1;
  }
  return { predicted, realised, horizon: step, skipped };
}

const noReturn = (origin: number, price: number): Error =>
  badArgument(
    `forecastReturns: origin ${origin} has the price ${price}, from or to which there is no return; set nonPositive: 'skip' to leave such origins out.`,
    { origin, price },
  );
