import { type GpuBuffer, type TfjsWebgpu, usages } from '../engine/tfjs-webgpu.ts';
import type { Shelves } from './shelves.ts';

type Pool = TfjsWebgpu['bufferManager'];

/** Stands before tfjs's pool of buffers: while an arena is open they come from it, and what it has lent goes back to it. */
export class BufferLoans {
  /** Where buffers come from now; undefined: from the pool. */
  open: Shelves<GpuBuffer> | undefined;
  readonly #lent = new Map<GpuBuffer, Shelves<GpuBuffer>>();
  readonly #acquire: Pool['acquireBuffer'];
  readonly #release: Pool['releaseBuffer'];

  constructor(pool: Pool) {
    this.#acquire = pool.acquireBuffer.bind(pool);
    this.#release = pool.releaseBuffer.bind(pool);
    pool.acquireBuffer = (size, usage, mapped = false, reuse = true) =>
      this.open && !mapped && reuse ? this.take(this.open, size, usage) : this.#acquire(size, usage, mapped, reuse);
    pool.releaseBuffer = (buffer, reuse = true) => {
      const arena = this.#lent.get(buffer);
      if (arena) arena.giveBack(buffer);
      else this.#release(buffer, reuse);
    };
  }

  /** @param once see `Shelves.take`; what is never copied from holds parameters */
  take(
    arena: Shelves<GpuBuffer>,
    size: number,
    usage: number,
    once: boolean = (usage & usages.copySource) === 0,
  ): GpuBuffer {
    const borrow = (): GpuBuffer => {
      const buffer = this.#acquire(size, usage);
      this.#lent.set(buffer, arena);
      return buffer;
    };
    return arena.take(`${size} ${usage}`, borrow, once);
  }

  /** Gives the pool an arena's buffers; those that are still in use go there when they are released. */
  close(arena: Shelves<GpuBuffer>): void {
    for (const { place, isLiving } of arena.places()) {
      this.#lent.delete(place);
      if (!isLiving) this.#release(place);
    }
  }
}
