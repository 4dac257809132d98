/**
 * How products have float16: `f16`, the device's own, or `quantized`, the same values in float32, for devices without
 * `shader-f16` on which to test.
 */
export type Half = 'f16' | 'quantized';

/** Whether products compute with float16 operands now, and how. */
export class HalfProducts {
  #half: Half | undefined;

  get half(): Half | undefined {
    return this.#half;
  }

  /** Runs `f` with them. */
  within<Result>(half: Half, f: () => Result): Result {
    const before = this.#half;
    this.#half = half;
    try {
      return f();
    } finally {
      this.#half = before;
    }
  }
}
