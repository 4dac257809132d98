import { growTo, type KernelFunctions, type Kernels, loadKernels } from './load-kernels.ts';

const bytesOfNumber = 8;

/**
 * Memory in which kernels work, handed out like a stack: what was taken inside of `scope` is free behind it. One caller
 * at a time.
 */
export class Workspace {
  readonly run: KernelFunctions;
  readonly #kernels: Kernels;
  #top: number;

  private constructor(kernels: Kernels) {
    this.#kernels = kernels;
    this.run = kernels.run;
    this.#top = Math.ceil(kernels.heapBase / 16) * 16;
  }

  static async open(): Promise<Workspace> {
    return new Workspace(await loadKernels());
  }

  /** Room for so many numbers; what stands there is undefined. @returns its address */
  take(count: number): number {
    const at = this.#top;
    this.#top += Math.ceil((count * bytesOfNumber) / 16) * 16;
    growTo(this.#kernels.memory, this.#top);
    return at;
  }

  /** Room that holds a copy. @returns its address */
  put(values: ArrayLike<number>): number {
    const at = this.take(values.length);
    this.view(at, values.length).set(values);
    return at;
  }

  /** Numbers at an address. Valid until the next `take`, which may move the memory. */
  view(at: number, count: number): Float64Array {
    return new Float64Array(this.#kernels.memory.buffer, at, count);
  }

  /** Gives back, behind the work, what the work took. */
  scope<Result>(work: () => Result): Result {
    const top = this.#top;
    try {
      return work();
    } finally {
      this.#top = top;
    }
  }
}
