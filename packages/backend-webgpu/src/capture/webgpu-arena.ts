import type { CaptureArena } from '@nt/tensor/tfjs';
import type { DeviceHeap } from '../engine/device-heap.ts';
import type { GpuBuffer } from '../engine/tfjs-webgpu.ts';
import type { BufferLoans } from './buffer-loans.ts';
import { Shelves } from './shelves.ts';

/** The memory of one recording: buffers, and blocks of the heap. */
export class WebgpuArena implements CaptureArena {
  readonly buffers: Shelves<GpuBuffer> = new Shelves();
  readonly blocks: Shelves<number> = new Shelves();
  readonly #loans: BufferLoans;
  readonly #heap: DeviceHeap;

  constructor(loans: BufferLoans, heap: DeviceHeap) {
    this.#loans = loans;
    this.#heap = heap;
  }

  get living(): number {
    return this.buffers.living + this.blocks.living;
  }

  get bytes(): number {
    let total = this.#heap.bytesOf(this.blocks);
    for (const { place } of this.buffers.places()) total += place.size;
    return total;
  }

  /** Runs `f` with all that it allocates coming from here. */
  within<Result>(f: () => Result): Result {
    const before = [this.#loans.open, this.#heap.arena] as const;
    [this.#loans.open, this.#heap.arena] = [this.buffers, this.blocks];
    try {
      return f();
    } finally {
      [this.#loans.open, this.#heap.arena] = before;
    }
  }

  /** A buffer that nobody gets again in this recording. */
  bufferOnce(size: number, usage: number): GpuBuffer {
    return this.#loans.take(this.buffers, size, usage, true);
  }

  rewind(): void {
    this.buffers.rewind();
    this.blocks.rewind();
  }

  close(): void {
    this.#loans.close(this.buffers);
    this.#heap.closeArena(this.blocks);
  }
}
