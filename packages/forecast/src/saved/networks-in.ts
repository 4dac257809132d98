import { FittedForecaster } from '../fitted-forecaster.ts';
import type { Predictor } from '../predictor.ts';

/** The fitted networks of a predictor: itself, or those that it is made of at any depth. */
export function networksIn(predictor: Predictor): readonly FittedForecaster[] {
  if (predictor instanceof FittedForecaster) return [predictor];
  return (predictor.saving?.members ?? []).flatMap(networksIn);
}
