import { expect, it } from 'vitest';
import { describeAdapter } from './describe-adapter.ts';
import type { GpuAdapter, GpuAdapterInfo } from './gpu.ts';

const adapter = (info: GpuAdapterInfo | undefined, isFallbackAdapter?: boolean): GpuAdapter => ({
  features: new Set<string>(),
  limits: {},
  requestDevice: () => Promise.reject(new Error('not asked for')),
  ...(info && { info }),
  ...(isFallbackAdapter !== undefined && { isFallbackAdapter }),
});

it('names vendor, architecture and driver', () => {
  const info = { vendor: 'nvidia', architecture: 'hopper', device: '', description: 'NVIDIA H200' };
  expect(describeAdapter(adapter(info))).toEqual({ device: 'nvidia hopper (NVIDIA H200)', software: false });
});

it('does without names where the browser tells none', () => {
  expect(describeAdapter(adapter({ vendor: '', architecture: '' }))).toEqual({
    device: 'unnamed GPU',
    software: false,
  });
  expect(describeAdapter(adapter(undefined))).toEqual({ device: 'unnamed GPU', software: false });
});

it('knows a fallback adapter by its flag, in the new place and the old', () => {
  expect(describeAdapter(adapter({ vendor: 'x', isFallbackAdapter: true })).software).toBe(true);
  expect(describeAdapter(adapter({ vendor: 'x' }, true)).software).toBe(true);
});

it('knows an emulation that is no fallback by its name', () => {
  const info = {
    vendor: 'mesa',
    architecture: '',
    description: 'llvmpipe (LLVM 15.0.6, 256 bits)',
    isFallbackAdapter: false,
  };
  expect(describeAdapter(adapter(info)).software).toBe(true);
});
