import { defineConfig, type ViteUserConfig } from 'vitest/config';

const conditions = ['@nt/source', 'module', 'node', 'development|production'];

/**
 * Long runs take every kernel set of the CPU engine: Node 20 knows the instructions of `wasm-relaxed`, but only when it is
 * told to; later ones know them by themselves, and no such option.
 */
export const longExecArgv: string[] =
  process.env['NT_LONG'] === '1' && process.versions.node.startsWith('20.') ? ['--experimental-wasm-relaxed-simd'] : [];

/** Shared by every package: tests read the sources of sibling packages, so nothing has to be built first. */
export function testConfig(name: string, test: NonNullable<ViteUserConfig['test']> = {}): ViteUserConfig {
  return defineConfig({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      name,
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      // For what hangs: tests measure no time, and machines are busy.
      testTimeout: 120_000,
      hookTimeout: 120_000,
      ...test,
    },
  });
}
