import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { readGolden } from './golden.ts';
import { expectNear } from './near.ts';
import { tolerances } from './tolerances.ts';

interface Interpolation {
  readonly cases: readonly { mode: string; K: number; h: number; matrix: number[][] }[];
}

const { cases } = readGolden<Interpolation>('interpolation');
const { ops } = createReferenceBackend();

/** torch.nn.functional.interpolate, align_corners=False, of one row of knots, each output by itself. */
function interpolateRow(knots: readonly number[], length: number): number[] {
  return Array.from({ length }, (_, t) => {
    const position = Math.min(Math.max(((t + 0.5) * knots.length) / length - 0.5, 0), knots.length - 1);
    const left = Math.floor(position);
    const right = Math.min(left + 1, knots.length - 1);
    return knots[left]! + (position - left) * (knots[right]! - knots[left]!);
  });
}

it('there are 21 matrices of PyTorch', () => expect(cases).toHaveLength(21));

it.each(cases)('constMatMul reproduces PyTorch: $mode, $K knots to $h', async ({ K, h, matrix }) => {
  const constant = ops.tensor(matrix.flat(), [K, h]);
  const identity = Array.from({ length: K * K }, (_, i) => (i % (K + 1) === 0 ? 1 : 0));
  expectNear(await ops.constMatMul(ops.tensor(identity, [K, K]), constant).data(), matrix.flat(), 0);
  // The same forecast at every step for equal knots: interpolation weights sum to 1.
  const flat = await ops.constMatMul(ops.tensor(Array<number>(2 * K).fill(3), [1, 2, K]), constant).data();
  expectNear(flat, Array<number>(2 * h).fill(3), tolerances.float64);
});

it.each(cases.filter(({ mode }) => mode === 'linear'))(
  'constMatMul interpolates random knots as written out by hand: $K to $h',
  async ({ K, h, matrix }) => {
    const knots = ops.randomUniform([1, K], { seed: K, counter: h });
    const received = await ops.constMatMul(knots, ops.tensor(matrix.flat(), [K, h])).data();
    expectNear(received, interpolateRow(Array.from(knots.values), h), tolerances.float64);
  },
);
