import { networksIn, type Predictor } from '@nt/forecast';

/** False for a model whose training exploded: each of its forecasts would be NaN. */
export async function hasFiniteWeights(predictor: Predictor): Promise<boolean> {
  for (const network of networksIn(predictor)) {
    const weights = Object.values(await network.saveWeights());
    if (!weights.every(({ data }) => data.every((value) => Number.isFinite(value)))) return false;
  }
  return true;
}
