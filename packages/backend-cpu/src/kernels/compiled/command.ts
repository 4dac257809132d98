import type { Heap } from '../../heap/heap.ts';
import type { CommandRunner } from '../../pool/command-runner.ts';

/** Bytes of the slot that a command is written into (COMMAND_BYTES in work.h); the longest are elementwise programs. */
export const commandBytes = 65536;

/** Words at the start of every command that the runner writes when it hands the command over. */
const ticketWords = 2;

/** Words before the fields of every command: ticket, unfinished chunks, operation, chunks, number. */
export const headerWords: number = ticketWords + 4;

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
  fill: 14,
  write: 15,
} as const;

/** Writes commands, each into a slot of its own, and hands them over. */
export class CommandWriter {
  readonly #heap: Heap;
  readonly #runner: CommandRunner;
  #at = 0;
  #chunks = 0;

  constructor(heap: Heap, runner: CommandRunner) {
    this.#heap = heap;
    this.#runner = runner;
  }

  /** Starts a command. Its number tells threads that what they packed for another one is stale. */
  begin(operation: number, chunks: number): void {
    const { offset, number } = this.#runner.nextSlot();
    this.#at = offset / 4 + ticketWords;
    this.#chunks = chunks;
    this.words(chunks, operation, chunks, number);
  }

  /** Has the command carried out; it may not be finished yet. */
  submit(): void {
    this.#runner.submit(this.#chunks);
  }

  words(...values: number[]): void {
    const { unsettledInts } = this.#heap;
    for (let i = 0; i < values.length; i++) unsettledInts[this.#at++] = values[i]!;
  }

  floats(...values: number[]): void {
    const { unsettledFloats } = this.#heap;
    for (let i = 0; i < values.length; i++) unsettledFloats[this.#at++] = values[i]!;
  }

  /** As `words`, for long arrays. */
  array(values: Int32Array): void {
    this.#heap.unsettledInts.set(values, this.#at);
    this.#at += values.length;
  }

  /** `length` words: the values, then `fill`. */
  padded(values: readonly number[], length: number, fill: number): void {
    const { unsettledInts } = this.#heap;
    for (let i = 0; i < length; i++) unsettledInts[this.#at++] = values[i] ?? fill;
  }
}
