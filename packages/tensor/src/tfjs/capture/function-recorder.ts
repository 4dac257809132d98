import { type TensorInfo, Variable } from '@tensorflow/tfjs-core';

/**
 * Listens while a function runs: which tensors it makes, which it finds outside, and why it cannot be repeated. What it has
 * the engine do is recorded by the engine's own class.
 */
export class FunctionRecorder {
  /** Data that is written over in place. */
  readonly takenOver: Set<object> = new Set();
  readonly #outside = new Map<object, TensorInfo>();
  readonly #made = new WeakSet<object>();
  #isPaused = false;
  #problem: string | undefined;

  /** Why the function cannot be repeated; undefined while nothing speaks against it. */
  get problem(): string | undefined {
    return this.#problem;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  fail(problem: string): void {
    if (!this.#isPaused) this.#problem ??= problem;
  }

  /** Runs what is no part of the function, as moving a tensor from outside is: that happens once. */
  unrecorded<Result>(run: () => Result): Result {
    const before = this.#isPaused;
    this.#isPaused = true;
    try {
      return run();
    } finally {
      this.#isPaused = before;
    }
  }

  made(dataId: object): void {
    this.#made.add(dataId);
  }

  hasMade(dataId: object): boolean {
    return this.#made.has(dataId);
  }

  /** A kernel is called. */
  kernel(inputs: Readonly<Record<string, TensorInfo | undefined>>): void {
    for (const name in inputs) {
      const tensor = inputs[name];
      if (!tensor || this.#made.has(tensor.dataId)) continue;
      const known = this.#outside.get(tensor.dataId);
      if (!known || (tensor instanceof Variable && !(known instanceof Variable)))
        this.#outside.set(tensor.dataId, tensor);
    }
  }

  /**
   * Tensors that the function found outside, but for those that its call declares. Of several with the same data, the one that
   * was seen first; a variable, if one is among them.
   */
  outsideBut(declared: readonly TensorInfo[]): TensorInfo[] {
    const known = new Set(declared.map(({ dataId }) => dataId));
    return [...this.#outside.values()].filter(({ dataId }) => !known.has(dataId));
  }
}
