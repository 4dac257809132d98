import { expect, it } from 'vitest';
import { DeviceHeap, type HeapBlock } from './device-heap.ts';
import type { ComputeDevice, GpuBuffer } from './tfjs-webgpu.ts';

const megabyte = 1 << 20;

function heapOf(largest: number): { heap: DeviceHeap; log: string[] } {
  const log: string[] = [];
  const device = {
    limits: {
      maxStorageBufferBindingSize: largest,
      maxBufferSize: 2 * largest,
      minStorageBufferOffsetAlignment: 256,
    },
    createBuffer: ({ size, usage }: { size: number; usage: number }): GpuBuffer => {
      log.push(`create ${size}`);
      return { size, usage, destroy: () => void log.push(`destroy ${size}`) };
    },
  } as unknown as ComputeDevice;
  const heap = new DeviceHeap(
    device,
    (from, to, bytes) => void log.push(`copy ${bytes} of ${from.size} to ${to.size}`),
  );
  return { heap, log };
}

it('gives aligned places that do not meet, and the same ones again', () => {
  const { heap } = heapOf(4 * megabyte);
  const blocks = [4, 256, 260, 1000].map((size) => heap.allocate(size)!);
  expect(blocks.map(({ offset }) => offset)).toEqual([0, 256, 512, 1024]);
  expect(heap.usedBytes).toBe(256 + 256 + 512 + 1024);
  heap.release(blocks[1]!);
  expect(heap.allocate(200)!.offset).toBe(256);
});

it('joins free neighbours in whatever order they were freed', () => {
  const { heap } = heapOf(4 * megabyte);
  const blocks = Array.from({ length: 5 }, () => heap.allocate(256)!);
  for (const i of [3, 1, 2, 0, 4]) heap.release(blocks[i]!);
  expect(heap.allocate(5 * 256)!.offset).toBe(0);
});

it('doubles when it is full: the old bytes are copied, and destroyed once that was submitted', () => {
  const { heap, log } = heapOf(4 * megabyte);
  const first = heap.allocate(megabyte)!;
  const second = heap.allocate(megabyte / 2)!;
  expect([first.offset, second.offset]).toEqual([0, megabyte]);
  const grown = `copy ${megabyte} of ${megabyte} to ${2 * megabyte}`;
  expect(log).toEqual([`create ${megabyte}`, `create ${2 * megabyte}`, grown]);
  heap.destroyRetired();
  heap.destroyRetired();
  expect(log.slice(3)).toEqual([`destroy ${megabyte}`]);
});

it('says when the device cannot bind as much, and holds what it held', () => {
  const { heap } = heapOf(3 * megabyte);
  expect(heap.allocate(4 * megabyte)).toBeUndefined();
  const blocks: (HeapBlock | undefined)[] = [1, 2, 3, 4].map(() => heap.allocate(megabyte));
  expect(blocks.map((block) => block?.offset)).toEqual([0, megabyte, 2 * megabyte, undefined]);
  expect(heap.capacity).toBe(3 * megabyte);
});
