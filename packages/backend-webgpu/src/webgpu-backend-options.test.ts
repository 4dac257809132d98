import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createWebgpuBackend } from './create-webgpu-backend.ts';
import { engineVersion } from './register-engine.ts';
import { checkOptions } from './webgpu-backend-options.ts';

it('refuses software unless told otherwise', () => {
  expect(checkOptions({})).toEqual({ allowSoftware: false, precision: 'float32' });
  expect(checkOptions({ allowSoftware: true })).toEqual({ allowSoftware: true, precision: 'float32' });
});

it('names the option that an unknown key may have meant', async () => {
  const options = { allowsoftware: true } as object;
  await expect(createWebgpuBackend(options)).rejects.toMatchObject({
    code: 'tensor/option',
    message: "createWebgpuBackend has no option 'allowsoftware'. Did you mean 'allowSoftware'?",
  });
});

it('takes the precisions it has, and names them for another', () => {
  expect(checkOptions({ precision: 'mixed-float16' })).toMatchObject({ precision: 'mixed-float16' });
  expect(() => checkOptions({ precision: 'mixed-bfloat16' as never })).toThrow(
    'precision: expected one of float32, mixed-float16, got "mixed-bfloat16".',
  );
});

it('refuses a value that is no boolean', async () => {
  const options = { allowSoftware: 'yes' } as object;
  await expect(createWebgpuBackend(options)).rejects.toMatchObject({
    code: 'tensor/option',
    message: expect.stringMatching(/true or false, got "yes"/),
  });
});

it('describes the version that is installed', () => {
  const manifest = readFileSync(
    new URL('../node_modules/@tensorflow/tfjs-backend-webgpu/package.json', import.meta.url),
    'utf8',
  );
  expect(engineVersion).toBe((JSON.parse(manifest) as { version: string }).version);
});
