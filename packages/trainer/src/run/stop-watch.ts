/** Training time that never runs backwards, whatever the clock does. */
export class StopWatch {
  readonly #clock: () => number;
  #elapsed: number;
  #last: number;
  #wentBack = false;

  /** @param elapsed milliseconds of the earlier parts of the run */
  constructor(clock: () => number, elapsed: number) {
    this.#clock = clock;
    this.#elapsed = elapsed;
    this.#last = clock();
  }

  /** Milliseconds of training so far. */
  milliseconds(): number {
    const now = this.#clock();
    const passed = now - this.#last;
    if (passed >= 0) this.#elapsed += passed;
    else this.#wentBack = true;
    this.#last = now;
    return this.#elapsed;
  }

  seconds(): number {
    return this.milliseconds() / 1000;
  }

  /** True once after the clock has gone back. */
  takeWentBack(): boolean {
    const wentBack = this.#wentBack;
    this.#wentBack = false;
    return wentBack;
  }
}
