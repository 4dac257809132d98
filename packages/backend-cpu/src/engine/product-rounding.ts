/** Whether matrix products round their operands to bfloat16 now. */
export class ProductRounding {
  #isOn = false;

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Runs `f` with it on. */
  within<Result>(f: () => Result): Result {
    const before = this.#isOn;
    this.#isOn = true;
    try {
      return f();
    } finally {
      this.#isOn = before;
    }
  }
}
