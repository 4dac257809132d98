import { describe, expect, it } from 'vitest';
import { CpuEngineError } from '../cpu-engine-error.ts';
import { Heap } from './heap.ts';
import { type HeapMemory, PlainHeapMemory, WasmHeapMemory } from './heap-memory.ts';
import { sizeClass } from './size-class.ts';

const mebibyte = 1 << 20;
const memories: [string, () => HeapMemory][] = [
  ['shared', () => new WasmHeapMemory(mebibyte, true, 4 * mebibyte)],
  ['unshared', () => new WasmHeapMemory(mebibyte, false, 4 * mebibyte)],
  ['plain', () => new PlainHeapMemory(mebibyte, 4 * mebibyte)],
];

describe.each(memories)('a heap on %s memory', (_name, memory) => {
  it('hands out blocks that are aligned and do not overlap', () => {
    const heap = new Heap(memory(), { base: 100 });
    const blocks = [1, 64, 65, 1000, 12_345, 70_000].map((bytes) => ({ bytes, offset: heap.allocate(bytes) }));
    for (const { offset } of blocks) expect(offset % 64).toBe(0);
    expect(blocks[0]!.offset).toBeGreaterThanOrEqual(100);
    for (const { offset, bytes } of blocks) heap.bytes.fill(bytes & 255, offset, offset + bytes);
    for (const { offset, bytes } of blocks) expect(heap.bytes[offset + bytes - 1]).toBe(bytes & 255);
  });

  it('gives a freed block to the next tensor of its size', () => {
    const heap = new Heap(memory(), { base: 0 });
    const offset = heap.allocate(5000);
    heap.free(offset, 5000);
    expect(heap.bytesInUse).toBe(0);
    expect(heap.allocate(4990)).toBe(offset);
  });

  it('grows, and keeps what was written', () => {
    const heap = new Heap(memory(), { base: 0 });
    const small = heap.allocate(8);
    heap.floats[small / 4] = 1.5;
    heap.allocate(2 * mebibyte);
    expect(heap.bytesReserved).toBeGreaterThan(2 * mebibyte);
    expect(heap.floats[small / 4]).toBe(1.5);
  });

  it('joins small freed blocks into a large one before it gives up', () => {
    const heap = new Heap(memory(), { base: 0 });
    const blocks = Array.from({ length: 58 }, () => heap.allocate(65536));
    for (const offset of blocks) heap.free(offset, 65536);
    expect(heap.allocate(3 * mebibyte)).toBeGreaterThan(0);
    expect(heap.bytesReserved).toBeLessThanOrEqual(4 * mebibyte);
  });

  it('reports when memory is exhausted, and stays usable', () => {
    const heap = new Heap(memory(), { base: 0 });
    const before = heap.bytesInUse;
    expect(() => heap.allocate(8 * mebibyte)).toThrow(CpuEngineError);
    try {
      heap.allocate(8 * mebibyte);
    } catch (error) {
      expect((error as CpuEngineError).code).toBe('backend-cpu/out-of-memory');
    }
    expect(heap.bytesInUse).toBe(before);
    expect(heap.allocate(1000)).toBeGreaterThan(0);
  });

  it('fills blocks with NaN when asked to', () => {
    const heap = new Heap(memory(), { base: 0, poison: true });
    const offset = heap.allocate(64);
    expect(heap.floats[offset / 4]).toBeNaN();
    heap.floats[offset / 4] = 2;
    heap.free(offset, 64);
    expect(heap.floats[offset / 4]).toBeNaN();
  });
});

it('wastes at most an eighth of a large block', () => {
  for (let bytes = 512; bytes < 1e7; bytes = Math.ceil(bytes * 1.037)) {
    expect(sizeClass(bytes)).toBeGreaterThanOrEqual(bytes);
    expect(sizeClass(bytes)).toBeLessThanOrEqual(Math.ceil((bytes * 9) / 8 / 64) * 64);
    expect(sizeClass(sizeClass(bytes))).toBe(sizeClass(bytes));
    expect(sizeClass(bytes) % 64).toBe(0);
  }
});
