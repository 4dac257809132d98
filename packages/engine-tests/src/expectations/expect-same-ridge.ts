import { expect } from 'vitest';
import type { RidgeRun } from '../programs/run-ridge.ts';
import { tolerances } from './tolerances.ts';

/** A ridge's network forecasts what its closed form does, and training it lowers the loss as elsewhere. */
export function expectSameRidge({ forecast, losses, learned }: RidgeRun): void {
  expect(forecast, 'forecast').toBeLessThan(tolerances.forecast);
  expect(losses, 'losses').toBeLessThan(tolerances.losses);
  expect(learned, 'last loss over first').toBeLessThan(0.999);
}
