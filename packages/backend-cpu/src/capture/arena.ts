import type { CaptureArena } from '@nt/tensor/tfjs';

/** Blocks of one size: all that there are, in the order in which they were first needed. */
interface Shelf {
  readonly all: number[];
  readonly free: number[];
  used: number;
}

/**
 * The memory of one recording. Blocks that are given back serve the same recording again and nobody else, so that its
 * commands find their addresses as they left them. The same requests in the same order get the same addresses.
 */
export class Arena implements CaptureArena {
  readonly #shelves = new Map<number, Shelf>();
  readonly #living = new Map<number, number>();
  readonly #borrow: (size: number) => number;

  readonly #return: () => void;

  /**
   * @param borrow takes a block from the heap
   * @param giveAllBack gives the heap all blocks that nobody uses, when the arena is closed
   */
  constructor(borrow: (size: number) => number, giveAllBack: () => void) {
    this.#borrow = borrow;
    this.#return = giveAllBack;
  }

  close(): void {
    this.#return();
  }

  take(size: number): number {
    const shelf = this.#shelves.get(size) ?? { all: [], free: [], used: 0 };
    this.#shelves.set(size, shelf);
    const offset = shelf.free.pop() ?? this.#next(shelf, size);
    this.#living.set(offset, size);
    return offset;
  }

  #next(shelf: Shelf, size: number): number {
    if (shelf.used === shelf.all.length) shelf.all.push(this.#borrow(size));
    return shelf.all[shelf.used++]!;
  }

  giveBack(offset: number, size: number): void {
    this.#living.delete(offset);
    this.#shelves.get(size)!.free.push(offset);
  }

  isLiving(offset: number): boolean {
    return this.#living.has(offset);
  }

  get living(): number {
    return this.#living.size;
  }

  /** As before the first request, with the same blocks; only while none is in use. */
  rewind(): void {
    for (const shelf of this.#shelves.values()) {
      shelf.used = 0;
      shelf.free.length = 0;
    }
  }

  get bytes(): number {
    let total = 0;
    for (const [size, { all }] of this.#shelves) total += size * all.length;
    return total;
  }

  /** Every block, in use or not. */
  *blocks(): Generator<{ readonly offset: number; readonly size: number; readonly isLiving: boolean }> {
    for (const [size, { all }] of this.#shelves)
      for (const offset of all) yield { offset, size, isLiving: this.#living.has(offset) };
  }
}
