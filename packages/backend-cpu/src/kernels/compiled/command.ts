import type { Heap } from '../../heap/heap.ts';

/** Bytes of the block that a command is written into; the longest are elementwise programs. */
export const commandBytes = 65536;

/** Words before the fields of every command: operation, chunks, sequence. */
export const headerWords = 3;

/** Numbers of the kernels, as in command.h. */
export const operations = {
  gemm: 1,
  rule: 2,
  copy: 3,
  reduce: 4,
  squares: 5,
  pool: 6,
  poolGrad: 7,
  softmax: 8,
  im2col: 9,
  col2im: 10,
  pool2d: 11,
  pool2dGrad: 12,
  generated: 13,
} as const;

/** Writes one command after the other into the same block: one is finished before the next begins. */
export class CommandWriter {
  readonly #heap: Heap;
  readonly offset: number;
  #at = 0;
  #sequence = 0;

  constructor(heap: Heap) {
    this.#heap = heap;
    this.offset = heap.allocate(commandBytes);
  }

  /** Starts a command. The sequence tells threads that what they packed for the last one is stale. */
  begin(operation: number, chunks: number): void {
    this.#at = this.offset / 4;
    this.#sequence = (this.#sequence + 1) >>> 0 || 1;
    this.words(operation, chunks, this.#sequence);
  }

  words(...values: number[]): void {
    const { ints } = this.#heap;
    for (let i = 0; i < values.length; i++) ints[this.#at++] = values[i]!;
  }

  floats(...values: number[]): void {
    const { floats } = this.#heap;
    for (let i = 0; i < values.length; i++) floats[this.#at++] = values[i]!;
  }

  /** `length` words: the values, then `fill`. */
  padded(values: readonly number[], length: number, fill: number): void {
    const { ints } = this.#heap;
    for (let i = 0; i < length; i++) ints[this.#at++] = values[i] ?? fill;
  }
}
