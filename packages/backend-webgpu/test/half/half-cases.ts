import { uniformValues } from '@nt/tensor';
import type { Matrix, TwoLayers } from './half-layers.ts';

function uniform(rows: number, columns: number, seed: number, size = 1): Matrix {
  const values = uniformValues(rows * columns, { seed, counter: 0 });
  return { rows, columns, values: Array.from(values, (u) => (2 * u - 1) * size) };
}

const layers = (rows: number, width: number, hidden: number, columns: number, size = 1): TwoLayers => ({
  x: uniform(rows, width, 1, size),
  w0: uniform(width, hidden, 2),
  b0: uniform(1, hidden, 3),
  w1: uniform(hidden, columns, 4),
  b1: uniform(1, columns, 5),
  dy: uniform(rows, columns, 6),
});

/** float16 ends at 65504 and, at the other end, has fewer and fewer digits. */
const extremes = [
  65519,
  65520,
  -65520,
  1e30,
  Infinity,
  -Infinity,
  Number.NaN,
  1 + 2 ** -11,
  1 + 3 * 2 ** -11,
  2 ** -14,
];

/** One number for each row, and layers that pass it on. */
const passedOn: TwoLayers = {
  x: { rows: extremes.length, columns: 1, values: extremes },
  w0: { rows: 1, columns: 1, values: [1] },
  b0: { rows: 1, columns: 1, values: [0] },
  w1: { rows: 1, columns: 1, values: [1] },
  b1: { rows: 1, columns: 1, values: [0] },
  dy: { rows: extremes.length, columns: 1, values: extremes.map(() => 1) },
};

/** Layers to try: beside tiles, odd numbers of elements, and what float16 cannot hold. */
export const halfCases: Readonly<Record<string, TwoLayers>> = {
  'one of everything': layers(1, 1, 1, 1),
  'beside tiles': layers(33, 17, 35, 7),
  'several tiles': layers(70, 40, 66, 65),
  'sums that overflow between layers': layers(3, 300, 5, 2, 30000),
  'numbers at the ends of float16': passedOn,
};
