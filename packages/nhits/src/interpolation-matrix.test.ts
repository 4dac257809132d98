import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tolerances } from '../test/tolerances.ts';
import { type InterpolationMode, interpolationMatrix } from './interpolation-matrix.ts';

interface Case {
  readonly mode: InterpolationMode;
  readonly K: number;
  readonly h: number;
  readonly matrix: number[][];
}

const golden = JSON.parse(readFileSync(new URL('../test/golden/interpolation.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

it.each(golden.cases.map((c) => [c.mode, c.K, c.h, c] as const))(
  '%s from %i knots to %i equals PyTorch',
  (mode, knots, horizon, c) => {
    const ours = interpolationMatrix(mode, knots, horizon);
    c.matrix.flat().forEach((value, i) => {
      expect(Math.abs(ours[i]! - value)).toBeLessThan(tolerances.reference);
    });
  },
);

it.each(['linear', 'nearest', 'cubic'] as const)('%s keeps a constant constant', (mode) => {
  const matrix = interpolationMatrix(mode, 7, 24);
  for (let t = 0; t < 24; t++) {
    const sum = Array.from({ length: 7 }, (_, k) => matrix[k * 24 + t]!).reduce((a, b) => a + b);
    expect(sum).toBeCloseTo(1, 12);
  }
});
