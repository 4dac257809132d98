import { type CpuBackend, type CpuBackendOptions, createCpuBackend, registerCpuEngine } from '@nt/backend-cpu';
import { runConformance } from '@nt/tensor/conformance';
import { createReferenceBackend, roundTo } from '@nt/tensor/reference';
import { findBackend, type Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { NtCpuBackend } from '../src/engine/nt-cpu-backend.ts';
import { toBfloat16 } from '../src/kernels/js/to-bfloat16.ts';
import { expectSameBits, mixed, numbers, onEveryWay } from './bfloat16-ways.ts';
import { capturedTraining } from './capture/captured-training.ts';
import { multiplyInDouble } from './double-loops.ts';
import { loadable } from './engines.ts';
import { bfloat16Gradients, sumTolerance } from './tolerances.ts';

const long = process.env['NT_LONG'] === '1';
const compiled = loadable.filter((kernels) => kernels !== 'js');

async function engine(options: CpuBackendOptions): Promise<CpuBackend> {
  const backend = await createCpuBackend(options);
  onTestFinished(() => backend.dispose());
  return backend;
}

const rounded = (values: Float32Array): Float32Array => values.map((value) => roundTo('bfloat16', value));

interface Sizes {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly ta: boolean;
  readonly tb: boolean;
}

/** A product inside of `variableGrads`, where the engine rounds. */
async function product(
  { ops }: CpuBackend,
  a: Float32Array,
  b: Float32Array,
  { m, k, n, ta, tb }: Sizes,
): Promise<Float32Array> {
  const [x, y] = [ops.tensor(a, ta ? [k, m] : [m, k]), ops.tensor(b, tb ? [n, k] : [k, n])];
  let result: Tensor | undefined;
  ops.dispose(
    ops.variableGrads(() => {
      result = ops.keep(ops.matMul(x, y, ta, tb));
      return ops.sum(result);
    }, []).value,
  );
  const values = await result!.data();
  ops.dispose([x, y, result!]);
  return values as Float32Array;
}

/** Around the edges of tiles, pairs and blocks; the small ones are those that the stock engine computes otherwise. */
const dimension = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(47, 48, 49, 64, 255, 256, 257, 300, 513));
const sizes = fc.record({ m: dimension, k: dimension, n: dimension, ta: fc.boolean(), tb: fc.boolean() });

const edges: readonly Sizes[] = [
  { m: 1, k: 1, n: 1, ta: false, tb: false },
  { m: 3, k: 5, n: 7, ta: true, tb: false },
  { m: 4, k: 300, n: 33, ta: false, tb: true },
  { m: 37, k: 257, n: 71, ta: true, tb: true },
  { m: 600, k: 31, n: 40, ta: false, tb: false },
  { m: 24, k: 512, n: 96, ta: false, tb: true },
];

describe('products round their operands to bfloat16 and nothing else', () => {
  it.each(loadable)('%s', { timeout: 120_000 }, async (kernels) => {
    const backend = await engine({ kernels, threads: 1, poisonFreedMemory: true, ...mixed });
    const check = async (of: Sizes, seed: number): Promise<void> => {
      const [a, b] = [numbers(seed, of.m * of.k), numbers(seed + 1, of.k * of.n)];
      const received = await product(backend, a, b, of);
      const { product: expected, magnitude } = multiplyInDouble(rounded(a), rounded(b), { batch: 1, ...of });
      received.forEach((value, i) => {
        if (!(Math.abs(value - expected[i]!) <= sumTolerance * Math.max(1e-3, magnitude[i]!)))
          expect(value, `${JSON.stringify(of)}, element ${i}`).toBe(expected[i]);
      });
    };
    for (const [seed, of] of edges.entries()) await check(of, seed);
    await fc.assert(fc.asyncProperty(sizes, fc.nat(1e6), check), { numRuns: long ? 1000 : 12 });
  });
});

it('sums have the same bits on every compiled set, any number of threads, with the instruction or without', async () => {
  const results = await onEveryWay(async (backend) => {
    const sums: Float32Array[] = [];
    for (const [seed, of] of edges.entries())
      sums.push(await product(backend, numbers(seed, of.m * of.k), numbers(seed + 9, of.k * of.n), of));
    return sums;
  });
  expectSameBits(results);
});

/** Ties both ways, infinities, overflow by rounding, numbers below the least normal one. */
const awkward = [1.00390625, 1.01171875, -1.00390625, 3.4e38, -3.4e38, 1e-39, -0, Infinity, -Infinity, 1e38, 2 ** -126];
const nearest = [1, 1.015625, -1, Infinity, -Infinity, 0, 0, Infinity, -Infinity, roundTo('bfloat16', 1e38), 2 ** -126];

it.each(loadable)('what is hard to round is rounded right: %s', async (kernels) => {
  const backend = await engine({ kernels, threads: 1, ...mixed });
  // Times the unit matrix's first row and column, so that no other term is beside it.
  for (const rows of [1, 20])
    for (const [i, value] of [...awkward, Number.NaN].entries()) {
      const column = new Float32Array(rows).fill(value);
      const received = await product(backend, column, new Float32Array([1]), {
        m: rows,
        k: 1,
        n: 1,
        ta: false,
        tb: false,
      });
      for (const one of received) expect(one + 0, `${value}`).toBe(i < nearest.length ? nearest[i]! : Number.NaN);
    }
});

it('JavaScript rounds as the reference does', () => {
  for (const value of [...numbers(3, 1000), ...awkward.filter((x) => x !== 1e-39)])
    expect(toBfloat16(value)).toBe(roundTo('bfloat16', Math.fround(value)));
  expect(toBfloat16(Number.NaN)).toBeNaN();
});

it.each(loadable)('agrees with the float64 reference: %s', { timeout: 60_000 }, async (kernels) => {
  const backend = await engine({ kernels, threads: kernels === 'js' ? 1 : 2, ...mixed });
  // Values are computed outside of an update, to float32's tolerances.
  const report = await runConformance(backend, createReferenceBackend(), {
    tolerances: { gradients: bfloat16Gradients },
  });
  expect(report.failures).toEqual([]);
});

it('products outside of an update have the bits of a float32 engine, those inside have not', async () => {
  const [a, b] = [numbers(1, 40 * 50), numbers(2, 50 * 60)];
  const results: Record<string, unknown[]> = {};
  for (const precision of ['float32', 'mixed-bfloat16'] as const) {
    const backend = await createCpuBackend({ precision });
    const { ops } = backend;
    const outside = ops.tidy(() => ops.matMul(ops.tensor(a, [40, 50]), ops.tensor(b, [50, 60])));
    const inside = await product(backend, a, b, { m: 40, k: 50, n: 60, ta: false, tb: false });
    const failing = (): Tensor => {
      throw new Error('on purpose');
    };
    expect(() => ops.variableGrads(failing, [])).toThrow('on purpose');
    expect((findBackend('nt-cpu') as NtCpuBackend).rounding.isOn).toBe(false);
    results[precision] = [await outside.data(), inside];
    await backend.dispose();
  }
  expect(results['mixed-bfloat16']![0]).toEqual(results['float32']![0]);
  expect(results['float32']![1]).toEqual(results['float32']![0]);
  expect(results['mixed-bfloat16']![1]).not.toEqual(results['float32']![1]);
});

it.each(compiled)(
  'training: captured as eager, one thread as two, and not as float32: %s',
  { timeout: 60_000 },
  async (kernels) => {
    const train = async (threads: number, captured: boolean, precision: CpuBackend['precision']) => {
      const backend = await createCpuBackend({ kernels, threads, precision, poisonFreedMemory: captured });
      const { losses, weights, reports } = await capturedTraining({ backend, captured, updates: long ? 1000 : 25 });
      await backend.dispose();
      if (captured) expect(reports.map(({ reason }) => reason)).toEqual([undefined, undefined]);
      return { losses, weights };
    };
    const eager = await train(1, false, 'mixed-bfloat16');
    expect(await train(2, true, 'mixed-bfloat16')).toEqual(eager);
    expect(await train(1, true, 'mixed-bfloat16')).toEqual(eager);
    expect((await train(1, true, 'float32')).weights).not.toEqual(eager.weights);
  },
);

it('the engine tells what it computes in, and how', async () => {
  for (const kernels of loadable) {
    const plain = await createCpuBackend({ kernels });
    expect([plain.precision, (await plain.describe()).precision]).toEqual(['float32', undefined]);
    await plain.dispose();
    const backend = await createCpuBackend({ kernels, ...mixed });
    const { precision, limitations } = await backend.describe();
    expect(backend.precision).toBe('mixed-bfloat16');
    const bfloat16 = (findBackend('nt-cpu') as NtCpuBackend).kernels.bfloat16();
    const isQuick = bfloat16 === 'quick';
    if (bfloat16 !== 'none') expect(kernels).toBe('native-avx512');
    expect(precision).toBe(
      isQuick ? 'mixed-bfloat16 by AVX512-BF16' : 'mixed-bfloat16, emulated, no faster than float32 here',
    );
    expect(/emulated, and no faster than float32/.test(limitations.join())).toBe(!isQuick);
    expect(/slower than float32's own/.test(limitations.join())).toBe(bfloat16 === 'slow');
    await backend.dispose();
  }
});

it('a wrong precision is an error, and so is one where nothing would come of it', async () => {
  await expect(createCpuBackend({ precision: 'bfloat16' as never })).rejects.toThrow(
    "precision: expected one of float32, mixed-bfloat16, got 'bfloat16'",
  );
  await expect(createCpuBackend({ precison: 'float32' } as never)).rejects.toThrow(/Did you mean 'precision'/);
  expect(() => registerCpuEngine(mixed as never)).toThrow(/given to createCpuBackend/);
});
