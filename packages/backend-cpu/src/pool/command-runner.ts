import type { Heap } from '../heap/heap.ts';
import { commandBytes } from './control-block.ts';

/** Where the next command is written. */
export interface CommandSlot {
  readonly offset: number;
  /** Commands are numbered in the order in which they are carried out, modulo 2³². */
  readonly number: number;
}

/**
 * Carries out commands one after the other. `submit` may return before the command is finished, so that JavaScript
 * prepares the next ones meanwhile; the heap calls `finish` before anybody reads or writes it from JavaScript.
 */
export interface CommandRunner {
  /** Threads that may take part, the calling one included. */
  readonly threads: number;
  /** Waits until a slot is free. */
  nextSlot(): CommandSlot;
  /**
   * Hands over the command that was written into the last slot.
   *
   * @param work elements that it touches, about: little is done at once on the calling thread when nothing is before it
   */
  submit(chunks: number, work: number): void;
  /** Has what `hand` hands over carried out by the calling thread, with no other thread woken. */
  alone(hand: () => void): void;
  /** Returns when every command is finished. @throws CpuEngineError `backend-cpu/worker-failed` */
  finish(): void;
  /** When every thread runs, or has failed to start: how many there really are, and how many others were asked for. */
  started(): Promise<{ readonly threads: number; readonly failed: number }>;
  dispose(): void;
}

/** Everything on the calling thread, at once. */
export class SingleThreadRunner implements CommandRunner {
  readonly threads = 1;
  readonly #run: (command: number) => void;
  readonly #offset: number;
  #number = 0;

  constructor(heap: Heap, run: (command: number) => void) {
    this.#run = run;
    this.#offset = heap.allocate(commandBytes);
  }

  nextSlot(): CommandSlot {
    this.#number = (this.#number + 1) >>> 0;
    return { offset: this.#offset, number: this.#number };
  }

  submit(): void {
    this.#run(this.#offset);
  }

  alone(hand: () => void): void {
    hand();
  }

  finish(): void {}

  async started(): Promise<{ threads: number; failed: number }> {
    return { threads: 1, failed: 0 };
  }

  dispose(): void {}
}
