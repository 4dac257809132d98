import { createCpuBackend } from '@nt/backend-cpu';
import { uniformValues } from '@nt/tensor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadable } from './engines.ts';

const integer = fc.oneof(fc.nat(9), fc.integer({ min: 2 ** 32 - 2, max: 2 ** 32 + 2 }), fc.maxSafeNat());
/** Around the blocks of 64 that the kernel makes at once, and enough for all threads. */
const size = fc.oneof(fc.nat(9), fc.integer({ min: 60, max: 70 }), fc.integer({ min: 35_000, max: 35_100 }));

describe.each(loadable)('%s', (kernels) => {
  it('draws the numbers of Philox, to the bit, for any size, seed and counter', async () => {
    const threads = kernels === 'js' ? 1 : 2;
    const { ops, dispose } = await createCpuBackend({ kernels, threads, poisonFreedMemory: true });
    fc.assert(
      fc.property(size, integer, integer, (count, seed, counter) => {
        const drawn = ops.randomUniform([count], { seed, counter });
        const bytes = Buffer.from((drawn.dataSync() as Float32Array).buffer);
        drawn.dispose();
        expect(bytes.equals(Buffer.from(uniformValues(count, { seed, counter }).buffer))).toBe(true);
      }),
      { numRuns: 20 },
    );
    await dispose();
  });

  it('refuses a key that is no integer in [0, 2^53)', async () => {
    const { ops, dispose } = await createCpuBackend({ kernels, threads: 1 });
    const bad = expect.objectContaining({ code: 'tensor/option' });
    expect(() => ops.randomUniform([8], { seed: -1, counter: 0 })).toThrow(bad);
    expect(() => ops.randomUniform([8], { seed: 0, counter: 0.5 })).toThrow(bad);
    await dispose();
  });
});
