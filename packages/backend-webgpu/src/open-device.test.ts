import { TensorError } from '@nt/tensor';
import { expect, it } from 'vitest';
import type { GpuAdapter, GpuDevice } from './gpu.ts';
import { openDevice } from './open-device.ts';

const asGiven = { allowSoftware: false, precision: 'float32' } as const;
const device: GpuDevice = { lost: new Promise(() => {}), addEventListener: () => {}, destroy: () => {} };

it('asks for every limit that the adapter offers, above all the storage buffers that tfjs forgets', async () => {
  let asked: unknown;
  const adapter: GpuAdapter = {
    features: new Set(['timestamp-query', 'shader-f16']),
    limits: { maxBufferSize: 1024, maxStorageBuffersPerShaderStage: 16, maxTextureDimension1D: 8 },
    requestDevice: async (options) => {
      asked = options;
      return device;
    },
  };
  const open = await openDevice({ requestAdapter: async () => adapter }, asGiven);
  expect(open.device).toBe(device);
  expect(asked).toEqual({
    requiredFeatures: ['timestamp-query'],
    requiredLimits: { maxBufferSize: 1024, maxStorageBuffersPerShaderStage: 16 },
  });
});

it('asks for the fast one of two GPUs', async () => {
  const asked: unknown[] = [];
  const requestAdapter = async (options: unknown): Promise<null> => {
    asked.push(options);
    return null;
  };
  await expect(openDevice({ requestAdapter }, asGiven)).rejects.toMatchObject({ details: { reason: 'no-adapter' } });
  expect(asked).toEqual([{ powerPreference: 'high-performance' }]);
});

it('says what the adapter said when it refuses a device', async () => {
  const adapter: GpuAdapter = {
    features: new Set<string>(),
    limits: {},
    info: { vendor: 'acme' },
    requestDevice: () => Promise.reject(new Error('out of devices')),
  };
  const error = await openDevice({ requestAdapter: async () => adapter }, asGiven).catch((thrown: unknown) => thrown);
  expect(TensorError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({
    code: 'tensor/backend-unavailable',
    details: { name: 'webgpu', reason: 'device-refused' },
    message: expect.stringMatching(/adapter acme refused a device: out of devices\. Update/),
    cause: { message: 'out of devices' },
  });
});

it.each<[readonly string[], unknown]>([
  [
    ['shader-f16', 'timestamp-query'],
    ['timestamp-query', 'shader-f16'],
  ],
  [['timestamp-query'], 'no-float16'],
])('asks an adapter with %j for float16 when updates are to compute in it', async (offered, expected) => {
  const adapter: GpuAdapter = {
    features: new Set(offered),
    limits: {},
    info: { vendor: 'acme' },
    requestDevice: async ({ requiredFeatures }) => ({ ...device, requiredFeatures }),
  };
  const half = { ...asGiven, precision: 'mixed-float16' } as const;
  const asked = await openDevice({ requestAdapter: async () => adapter }, half).then(
    (open) => (open.device as unknown as { requiredFeatures: unknown }).requiredFeatures,
    (error: unknown) => {
      if (!TensorError.isInstance(error)) throw error;
      expect(error.message).toMatch(/acme offers no shader-f16.*float32.*mixed-bfloat16/);
      return error.details['reason'];
    },
  );
  expect(asked).toEqual(expected);
});
