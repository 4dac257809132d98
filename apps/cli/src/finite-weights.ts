import type { FittedForecaster } from '@nt/forecast';

/** False for a model whose training exploded: each of its forecasts would be NaN. */
export async function hasFiniteWeights(forecaster: FittedForecaster): Promise<boolean> {
  const weights = await forecaster.saveWeights();
  return Object.values(weights).every(({ data }) => data.every((value) => Number.isFinite(value)));
}
