import { createCpuBackend } from '@nt/backend-cpu';
import { findBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NtCpuBackend } from '../src/engine/nt-cpu-backend.ts';
// @ts-expect-error a plain script without types
import { binary, isBuilt } from '../tools/build-native.mjs';
import { loadable } from './engines.ts';
import { fastestSetOfThisProcessor, hasBfloat16Instruction } from './fastest-set.ts';
import { needsNativeKernels } from './needs.ts';
import { runProgram } from './run-program.ts';

const nativeSets = loadable.filter((name) => name.startsWith('native'));

async function kernelSetOf(options: Parameters<typeof createCpuBackend>[0]): Promise<string> {
  const backend = await createCpuBackend(options);
  const { kernelSet } = await backend.describe();
  await backend.dispose();
  return kernelSet;
}

describe.runIf(needsNativeKernels())('native kernels', () => {
  beforeAll(() => {
    // Built by the set-up; an older binary would misread commands.
    expect((isBuilt as () => boolean)(), 'run: pnpm -F @nt/backend-cpu build:native').toBe(true);
  });

  it.runIf(process.platform === 'linux')(
    'the fastest set of this processor is picked without being asked for',
    async () => {
      expect(await kernelSetOf({})).toBe(`native-${fastestSetOfThisProcessor()}`);
      expect(await kernelSetOf({ kernels: 'native' })).toBe(`native-${fastestSetOfThisProcessor()}`);
    },
  );

  it.runIf(process.platform === 'linux')(
    'the instruction for bfloat16 is known where the processor has it',
    async () => {
      const backend = await createCpuBackend({ kernels: 'native', precision: 'mixed-bfloat16' });
      const bfloat16 = (findBackend('nt-cpu') as NtCpuBackend).kernels.bfloat16();
      await backend.dispose();
      // Which of the two a processor with the instruction is, is measured.
      expect(hasBfloat16Instruction() ? ['quick', 'slow'] : ['none']).toContain(bfloat16);
    },
  );

  it('every other set can be forced', async () => {
    expect(nativeSets.length).toBeGreaterThan(0);
    for (const kernels of loadable) expect(await kernelSetOf({ kernels })).toBe(kernels);
  });

  it.each(nativeSets)('%s: numbers below 1e-38 count as zero in kernels, and not in JavaScript', async (kernels) => {
    const tiny = Float64Array.of(1e-310);
    for (const threads of [1, 2]) {
      const backend = await createCpuBackend({ kernels, threads });
      const x = backend.ops.tensor(new Float32Array(100_000).fill(1e-39), [100_000]);
      const sums = await backend.ops.add(x, x).data();
      // Of an element, so that no compiler knows the result.
      const half = tiny[0]! / 2;
      await backend.dispose();
      expect(sums.every((sum) => sum === 0)).toBe(true);
      expect(half).toBe(5e-311);
    }
  });

  it('garbage collection leaves the functions of a binary usable', async () => {
    const program = `
      import { createCpuBackend } from '@nt/backend-cpu';
      const backend = await createCpuBackend({ kernels: 'native', threads: 2 });
      const x = backend.ops.tensor(new Float32Array(200 * 200).fill(1), [200, 200]);
      for (let i = 0; i < 5; i++) {
        backend.ops.dispose(backend.ops.matMul(x, x));
        globalThis.gc();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const product = backend.ops.matMul(x, x);
      console.log((await product.data())[0]);`;
    expect((await runProgram(program, { flags: ['--expose-gc'] })).trim()).toBe('200');
  });

  it('a worker that is ended while it loads or binds a binary takes nothing else with it', async () => {
    // Ended in the middle of a call, where Node refuses every value that is asked for: most of these once ended the process.
    const busy = `
      const { createRequire } = require('node:module');
      const { parentPort, workerData: file } = require('node:worker_threads');
      const load = createRequire(file);
      const bytes = new Uint8Array(new SharedArrayBuffer(65536));
      parentPort.postMessage('started');
      for (;;) {
        const { bind, sets } = load(file);
        for (let i = 0; i < 100; i++) bind(bytes, sets[0], 0);
        delete load.cache[file];
      }`;
    const program = `
      import { once } from 'node:events';
      import { Worker } from 'node:worker_threads';
      for (let i = 0; i < 20; i++) {
        const worker = new Worker(${JSON.stringify(busy)}, { eval: true, execArgv: [], workerData: ${JSON.stringify(binary)} });
        await once(worker, 'message');
        await worker.terminate();
      }
      console.log('alive');`;
    expect((await runProgram(program)).trim()).toBe('alive');
  });

  it('a set of another processor is an error that names those there are', async () => {
    const foreign = process.arch === 'arm64' ? 'native-avx2' : 'native-neon';
    await expect(createCpuBackend({ kernels: foreign })).rejects.toThrow(
      /does not load .*: this processor runs .*(sse2|neon)/,
    );
  });
});
