import { expect, it } from 'vitest';
import { sourceHash, wasmKernels } from '../src/wasm/wasm-kernels.generated.ts';
// @ts-expect-error a plain script without types
import { compile, hashOfSources, variants } from '../tools/build-wasm.mjs';
import { needsZig } from './needs.ts';

it('the committed WASM was built from the committed C source, flags and compiler', () => {
  expect(sourceHash, 'run: pnpm -F @nt/backend-cpu build:kernels').toBe((hashOfSources as () => string)());
});

it.runIf(needsZig())('building again gives the same bytes', { timeout: 300_000 }, () => {
  for (const name of Object.keys(variants as object) as (keyof typeof wasmKernels)[]) {
    expect((compile as (variant: string) => Buffer)(name).toString('base64')).toBe(wasmKernels[name]);
  }
});

it('inlined, both WASM kernel sets together stay below 200 kB', () => {
  const characters = Object.values(wasmKernels).reduce((total, text) => total + text.length, 0);
  expect(characters).toBeLessThan(200_000);
});
