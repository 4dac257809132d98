import { KeptRecordings } from '@nt/tensor/tfjs';
import type { Heap } from '../heap/heap.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { RecordedStep, Recorder } from './recorder.ts';

/** The engine's doors for recording: all that changes its memory is told to one recorder, and can be done again. */
export class EngineRecordings {
  readonly kept: KeptRecordings = new KeptRecordings();
  readonly #heap: Heap;
  readonly #kernels: Kernels;
  #recorder: Recorder | undefined;
  #repetition = 0;

  constructor(heap: Heap, kernels: Kernels) {
    this.#heap = heap;
    this.#kernels = kernels;
  }

  /** Who listens now. */
  get recorder(): Recorder | undefined {
    return this.#recorder;
  }

  /** Whether this kernel set has commands that can be recorded. */
  get arePossible(): boolean {
    return this.#kernels.repeat !== undefined;
  }

  /** Runs `f` with a recorder that is told all that the engine does. */
  record<Result>(recorder: Recorder, f: () => Result): Result {
    const heap = this.#heap;
    const { write } = heap;
    this.#recorder = recorder;
    this.#kernels.recorder = recorder;
    heap.onRead = () => recorder.read();
    heap.write = (offset, values) => {
      if (recorder.isPaused) return write(offset, values);
      const own = values.slice();
      recorder.host(() => write(offset, own), wordsOf(offset, own));
    };
    try {
      return f();
    } finally {
      heap.write = write;
      heap.onRead = undefined;
      this.#kernels.recorder = undefined;
      this.#recorder = undefined;
    }
  }

  /** Runs `move`, which brings data into the heap: what the recorded function has not made moves once, to stay there. */
  moving(dataId: object, move: () => number): number {
    const recorder = this.#recorder;
    if (!recorder || recorder.hasMade(dataId)) return move();
    return recorder.unrecorded(() => this.#heap.within(undefined, move));
  }

  /** What `compute` gives, once for each repetition. */
  once<Value>(compute: () => Value): () => Value {
    let [known, value]: [number, Value | undefined] = [-1, undefined];
    return () => {
      if (known !== this.#repetition) [known, value] = [this.#repetition, compute()];
      return value as Value;
    };
  }

  repeat(steps: readonly RecordedStep[]): void {
    this.#repetition++;
    for (const step of steps) {
      if (step.kind === 'command') this.#kernels.repeat!(step.command);
      else step.run();
    }
  }
}

/** The offset and the bytes, to be compared. */
function wordsOf(offset: number, values: Float32Array | Int32Array | Uint8Array): Int32Array {
  const words = new Int32Array(Math.ceil(values.byteLength / 4) + 1);
  words[0] = offset;
  new Uint8Array(words.buffer, 4).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return words;
}
