import { expect } from 'vitest';
import type { ComparedNetwork } from '../programs/compare-networks.ts';
import { networkCases } from '../programs/network-cases.ts';
import { tolerances } from './tolerances.ts';

/** Every network forecasts what it does in float64, and has the gradients of tfjs's CPU engine. */
export function expectSameNetworks(compared: readonly ComparedNetwork[]): void {
  expect(compared.map(({ name }) => name)).toEqual(networkCases.map(({ name }) => name));
  for (const { name, forecast, gradients } of compared) {
    expect(forecast, `${name}: forecast`).toBeLessThan(tolerances.forecast);
    expect(gradients, `${name}: gradients`).toBeLessThan(tolerances.gradients);
  }
}
