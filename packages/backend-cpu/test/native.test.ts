import { readFileSync } from 'node:fs';
import { createCpuBackend } from '@nt/backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error a plain script without types
import { isBuilt } from '../tools/build-native.mjs';
import { loadable } from './engines.ts';
import { needsCompiler } from './needs.ts';
import { runProgram } from './run-program.ts';

/** What the system itself says of the processor, read in another way than the addon does. */
function fastestOfThisProcessor(): string {
  if (process.arch === 'arm64') return 'neon';
  const flags =
    readFileSync('/proc/cpuinfo', 'utf8')
      .match(/^flags\s*:(.*)$/m)?.[1]
      ?.split(' ') ?? [];
  const hasAll = (...names: string[]): boolean => names.every((name) => flags.includes(name));
  if (hasAll('avx512f', 'avx512bw', 'avx512dq', 'avx512vl', 'avx2', 'fma')) return 'avx512';
  return hasAll('avx2', 'fma') ? 'avx2' : 'sse2';
}

async function kernelSetOf(options: Parameters<typeof createCpuBackend>[0]): Promise<string> {
  const backend = await createCpuBackend(options);
  const { kernelSet } = await backend.describe();
  await backend.dispose();
  return kernelSet;
}

describe.runIf(needsCompiler())('native kernels', () => {
  beforeAll(() => {
    // Built by the set-up; an older binary would misread commands.
    expect((isBuilt as () => boolean)(), 'run: pnpm -F @nt/backend-cpu build:native').toBe(true);
  });

  it.runIf(process.platform === 'linux')(
    'the fastest set of this processor is picked without being asked for',
    async () => {
      expect(await kernelSetOf({})).toBe(`native-${fastestOfThisProcessor()}`);
      expect(await kernelSetOf({ kernels: 'native' })).toBe(`native-${fastestOfThisProcessor()}`);
    },
  );

  it('every other set can be forced', async () => {
    const native = loadable.filter((name) => name.startsWith('native'));
    expect(native.length).toBeGreaterThan(0);
    for (const kernels of loadable) expect(await kernelSetOf({ kernels })).toBe(kernels);
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

  it('a set of another processor is an error that names those there are', async () => {
    const foreign = process.arch === 'arm64' ? 'native-avx2' : 'native-neon';
    await expect(createCpuBackend({ kernels: foreign })).rejects.toThrow(
      /does not load .*: this processor runs .*(sse2|neon)/,
    );
  });
});
