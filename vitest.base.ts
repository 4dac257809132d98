import { defineConfig, type ViteUserConfig } from 'vitest/config';

const conditions = ['@nt/source', 'module', 'node', 'development|production'];

/** Shared by every package: tests read the sources of sibling packages, so nothing has to be built first. */
export function testConfig(name: string, test: NonNullable<ViteUserConfig['test']> = {}): ViteUserConfig {
  return defineConfig({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      name,
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      testTimeout: 30_000,
      hookTimeout: 60_000,
      ...test,
    },
  });
}
