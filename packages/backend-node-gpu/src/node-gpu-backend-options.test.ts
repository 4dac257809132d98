import { afterEach, expect, it, vi } from 'vitest';
import { createNodeGpuBackend } from './create-node-gpu-backend.ts';
import { checkOptions } from './node-gpu-backend-options.ts';

afterEach(() => vi.unstubAllGlobals());

it('refuses the CPU unless told otherwise', () => {
  expect(checkOptions({}).allowCpu).toBe(false);
  expect(checkOptions({ allowCpu: true }).allowCpu).toBe(true);
});

it.each([
  ['allowcpu', 'allowCpu'],
  ['loader', 'load'],
])('names the option that %s may have meant', async (key, nearest) => {
  await expect(createNodeGpuBackend({ [key]: true })).rejects.toMatchObject({
    code: 'tensor/option',
    message: `createNodeGpuBackend has no option '${key}'. Did you mean '${nearest}'?`,
  });
});

it('refuses a value of another type', async () => {
  const [allowCpu, load] = [{ allowCpu: 1 }, { load: '@tensorflow/tfjs-node-gpu' }] as unknown as object[];
  await expect(createNodeGpuBackend(allowCpu)).rejects.toMatchObject({
    message: 'allowCpu: expected a boolean, got 1.',
  });
  await expect(createNodeGpuBackend(load)).rejects.toMatchObject({
    code: 'tensor/option',
    message: expect.stringMatching(/^load: expected a function/),
  });
});

it('says that it needs Node where there is none', async () => {
  vi.stubGlobal('process', undefined);
  const error = await createNodeGpuBackend().catch((thrown: unknown) => thrown);
  vi.unstubAllGlobals();
  expect(error).toMatchObject({
    code: 'tensor/backend-unavailable',
    details: { name: 'node-gpu', reason: 'not-node' },
  });
});
