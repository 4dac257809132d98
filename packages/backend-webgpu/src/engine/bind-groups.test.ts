import { expect, it } from 'vitest';
import { BindGroups } from './bind-groups.ts';
import { ParameterBuffers } from './parameter-buffers.ts';
import type { ComputeDevice, GpuBuffer } from './tfjs-webgpu.ts';

const buffer = (): GpuBuffer => ({ size: 64, usage: 0, destroy: () => {} });

function fakeDevice(): { readonly device: ComputeDevice; readonly made: object[]; readonly written: number[][] } {
  const made: object[] = [];
  const written: number[][] = [];
  const device = {
    limits: {},
    queue: { writeBuffer: (_: GpuBuffer, __: number, data: ArrayBuffer) => written.push([...new Uint32Array(data)]) },
    createBuffer: buffer,
    createBindGroup: (options: object) => {
      made.push(options);
      return { options };
    },
  } as unknown as ComputeDevice;
  return { device, made, written };
}

it('makes a group once for the same buffers, and another for another range, buffer, order or layout', () => {
  const { device, made } = fakeDevice();
  const groups = new BindGroups(device);
  const [a, b] = [buffer(), buffer()];
  const [first, second] = [0, 1].map((id) => ({ id, layout: {} })) as [never, never];
  const combinations = [
    () => groups.of(first, [{ buffer: a }, { buffer: b }]),
    () => groups.of(first, [{ buffer: b }, { buffer: a }]),
    () => groups.of(second, [{ buffer: a }, { buffer: b }]),
    () => groups.of(first, [{ buffer: a, offset: 256, size: 4 }, { buffer: b }]),
    () => groups.of(first, [{ buffer: a, offset: 256, size: 8 }, { buffer: b }]),
    () => groups.of(first, [{ buffer: a }, { buffer: b, offset: 256, size: 4 }]),
  ];
  const once = combinations.map((make) => make());
  expect(new Set(once).size).toBe(combinations.length);
  expect(combinations.map((make) => make())).toEqual(once);
  expect(made).toHaveLength(combinations.length);
});

it('holds no more groups than it may', () => {
  const { device, made } = fakeDevice();
  const groups = new BindGroups(device, 2);
  const layout = { id: 0, layout: {} };
  const [a, b, c] = [buffer(), buffer(), buffer()];
  for (const one of [a, b, c, c, a]) groups.of(layout, [{ buffer: one }]);
  expect(made).toHaveLength(4);
});

it('writes parameters that come again twice and no more, and others each time, to a buffer of the pool', () => {
  const { device, written } = fakeDevice();
  const pool: GpuBuffer[] = [];
  const acquireBuffer = (): GpuBuffer => {
    pool.push(buffer());
    return pool.at(-1)!;
  };
  const pending: GpuBuffer[] = [];
  const backend = {
    ...{ device, queue: device.queue, bufferManager: { acquireBuffer }, uniformPendingDisposal: pending },
    recordings: { recorder: undefined },
  };
  const parameters = new ParameterBuffers(backend as never);
  const used = [1, 1, 1, 2, 1].map((word) => parameters.of(new Uint32Array([word]).buffer));
  expect(written).toEqual([[1], [1], [2]]);
  expect(pool).toEqual([used[0], used[3]]);
  expect(pending).toEqual(pool);
  expect(new Set([used[1], used[2], used[4]]).size).toBe(1);
  const long = new Uint32Array(1000).buffer;
  for (let i = 0; i < 3; i++) parameters.of(long);
  expect(written).toHaveLength(6);
});
