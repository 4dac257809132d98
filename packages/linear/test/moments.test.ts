import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RidgeSystem } from '../src/algebra/ridge-system.ts';
import { Workspace } from '../src/algebra/workspace.ts';
import { addRows } from '../src/moments/add-rows.ts';
import { lagLayout } from '../src/moments/lag-layout.ts';
import { addLagRun } from '../src/moments/lag-moments.ts';
import { emptyMoments } from '../src/moments/moments.ts';
import { hashOfSources } from '../tools/build-kernels.mjs';
import { largestDifference } from './largest-difference.ts';
import { noise } from './made-series.ts';
import { lapack, sums } from './tolerances.ts';

const random = noise(4);
const numbers = (length: number): Float64Array => Float64Array.from({ length }, random);

describe('moments of neighbouring windows', () => {
  it.each([
    ['many windows', 10, 90, 1],
    ['one window', 40, 41, 1],
    ['three windows', 40, 43, 1],
    ['windows that are forgotten', 10, 90, 0.95],
  ])('of %s are those of their rows', async (_, first, end, decay) => {
    const layout = lagLayout({ lookback: 7, horizon: 3, covariateLookback: 2, historic: 1, future: 2, static: 1 });
    const channels = [
      ...Array.from({ length: 4 }, () => numbers(120)),
      new Float64Array(120).fill(0.3),
      new Float64Array(120).fill(1),
    ];
    const space = await Workspace.open();
    const sliding = emptyMoments(layout.size);
    addLagRun(space, sliding, layout, { channels, pad: 7 }, { first, end }, { last: 2, decay });
    const rows: number[] = [];
    const weights: number[] = [];
    for (let origin = first; origin < end; origin++) {
      for (const { channel, from, count } of layout.blocks) {
        rows.push(...channels[channel]!.slice(origin + from + 7, origin + from + 7 + count));
      }
      weights.push(2 * decay ** (end - 1 - origin));
    }
    const direct = emptyMoments(layout.size);
    addRows(space, direct, Float64Array.from(rows), weights);
    expect(largestDifference(sliding.matrix, direct.matrix)).toBeLessThan(sums);
    expect(layout.size).toBe(7 + 3 + 2 + 2 * 5 + 1 + 1);
  });

  it('are taken away by a weight of −1', async () => {
    const space = await Workspace.open();
    const moments = emptyMoments(5);
    const rows = numbers(5 * 700);
    addRows(space, moments, rows);
    const middle = moments.matrix.slice();
    addRows(space, moments, rows.subarray(0, 500), new Float64Array(100).fill(-1));
    addRows(space, moments, rows.subarray(0, 500));
    expect(largestDifference(moments.matrix, middle)).toBeLessThan(sums);
  });
});

describe('RidgeSystem', () => {
  it.each([1, 2, 3, 8, 61, 301])('solves %i equations', async (size) => {
    const space = await Workspace.open();
    const factor = numbers(size * size);
    const gram = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        for (let k = 0; k < size; k++) gram[i * size + j]! += factor[i * size + k]! * factor[j * size + k]!;
      }
    }
    const outputs = 11;
    const wanted = numbers(size * outputs);
    const lambda = 0.5;
    const cross = Float64Array.from({ length: size * outputs }, (_, at) => {
      const [i, h] = [Math.floor(at / outputs), at % outputs];
      let value = lambda * wanted[at]!;
      for (let j = 0; j < size; j++) value += gram[i * size + j]! * wanted[j * outputs + h]!;
      return value;
    });
    space.scope(() => {
      const system = new RidgeSystem(space, size, gram);
      expect(largestDifference(system.solve(system.rightSide(cross), lambda), wanted)).toBeLessThan(lapack);
    });
  });

  it('takes huge and tiny numbers', async () => {
    const space = await Workspace.open();
    for (const unit of [1e-150, 1e150]) {
      space.scope(() => {
        const gram = Float64Array.of(4, 1, 0.5, 1, 3, 0.2, 0.5, 0.2, 2).map((value) => value * unit);
        const cross = Float64Array.of(5.5, 4.2, 2.7).map((value) => value * unit);
        const system = new RidgeSystem(space, 3, gram);
        const found = system.solve(system.rightSide(cross), 1e-30 * unit);
        expect(largestDifference(found, [1, 1, 1])).toBeLessThan(lapack);
      });
    }
  });
});

describe('the compiled kernels', () => {
  it('are those of the source', () => {
    const generated = readFileSync(new URL('../src/algebra/kernels.generated.ts', import.meta.url), 'utf8');
    expect(generated).toContain(`'${hashOfSources()}'`);
  });
});
