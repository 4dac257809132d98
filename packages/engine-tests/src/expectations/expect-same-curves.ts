import { expect } from 'vitest';
import type { ComparedCurves } from '../programs/compare-curves.ts';

/** The engine learned what the CPU engine learned, at the same pace, without a leak. */
export function expectSameCurves({ cpu, engine }: ComparedCurves, tolerance: number): void {
  expect(engine.losses).toHaveLength(50);
  const differences = engine.losses.map((loss, update) => Math.abs(loss / cpu.losses[update]! - 1));
  expect(Math.max(...differences)).toBeLessThan(tolerance);
  expect(engine.losses.at(-1)).toBeLessThan(engine.losses[0]! / 3);
  expect(new Set(engine.tensors).size).toBe(1);
}
