import { readFileSync } from 'node:fs';
import type { Backend, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { normalizeWindow, type WindowNormalization } from '../src/index.ts';
import { maskedMedian } from '../src/window/masked-median.ts';
import { windowStatistics } from '../src/window/window-statistics.ts';
import { stockCpu } from './stock-cpu.ts';
import { tolerances } from './tolerances.ts';

interface Case {
  readonly scaler: string;
  readonly shift: (number | null)[];
  readonly scale: (number | null)[];
  readonly z: (number | null)[][];
  readonly inverse: (number | null)[][];
}
const golden = JSON.parse(readFileSync(new URL('golden/temporal_norm.json', import.meta.url), 'utf8')) as {
  readonly x: number[][];
  readonly mask: number[][];
  readonly cases: readonly Case[];
};
let stock: Backend<Tensor>;
beforeAll(async () => {
  stock = await stockCpu();
});
afterAll(() => stock.dispose());

const scalers = golden.cases.filter(({ scaler }) => scaler !== 'identity');
const kindOf = ({ scaler }: Case): Exclude<WindowNormalization, 'none'> => scaler as 'standard';
const near = (actual: number, expected: number | null, name: string): void => {
  const away = Math.abs(actual - (expected ?? actual)) / Math.max(1, Math.abs(expected ?? 0));
  expect(away, `${name}: ${actual}, expected ${expected}`).toBeLessThan(tolerances.statistics);
};
const isFiniteIn = (row: readonly (number | null)[]): boolean => row.every((v) => v !== null && Math.abs(v) < 1e30);

async function compare<T extends Tensor>(backend: Backend<T>, golden_: Case): Promise<void> {
  const { ops } = backend;
  const rows = golden.x.length;
  const kind = kindOf(golden_);
  const [input, inputMask] = [golden.x, golden.mask].map((v) => ops.tensor(v.flat(), [rows, v[0]!.length])) as [T, T];
  const { shift, scale } = windowStatistics(ops, kind, input, inputMask);
  const { window } = normalizeWindow(ops, kind, { input, inputMask }, new Map());
  const z = await window.input.data();
  const [shifts, scales] = [await shift.data(), await scale.data()];
  golden_.z.forEach((row, i) => {
    const hasValue = golden.mask[i]!.includes(1);
    if (hasValue) near(shifts[i]!, golden_.shift[i]!, `shift ${i}`);
    // revin's scale in the golden file holds its margin twice: once for the scale, once for the weight.
    if (hasValue) near(scales[i]!, golden_.scale[i]!, `scale ${i}`);
    if (isFiniteIn(row) && hasValue) row.forEach((v, t) => void near(z[i * row.length + t]!, v, `z ${i} ${t}`));
    for (let t = 0; t < row.length; t++) expect(z[i * row.length + t]).toSatisfy(Number.isFinite);
  });
}

it.each(scalers)("$scaler equals neuralforecast's, float64", (c) => compare(createReferenceBackend(), c));

it.each(scalers)("$scaler equals neuralforecast's, float32", (c) => compare(stock, c));

it.each([1, 2, 3, 5, 8, 13, 32, 33])('medians of %i values are exact, ties and gaps included', (length) => {
  const { ops } = createReferenceBackend();
  const rows = 40;
  const hash = (i: number): number => Math.abs(Math.sin(i * 12.9898) * 43758.5453) % 1;
  const x = Array.from({ length: rows * length }, (_, i) => Math.round((hash(i) - 0.5) * 12) / 2 + 0);
  const mask = x.map((_, i) => (hash(i + 0.5) < 0.3 ? 0 : 1));
  const medians = maskedMedian(ops, ops.tensor(x, [rows, length]), ops.tensor(mask, [rows, length])).values;
  for (let row = 0; row < rows; row++) {
    const of = (all: readonly number[]): number[] => all.slice(row * length, (row + 1) * length);
    const sorted = of(x).filter((_, i) => of(mask)[i] === 1);
    sorted.sort((a, b) => a - b);
    expect(medians[row]).toBe(sorted[Math.floor((sorted.length - 1) / 2)] ?? 0);
  }
});
