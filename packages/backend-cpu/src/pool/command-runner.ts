/** Carries out the command that has been written into the heap. */
export interface CommandRunner {
  /** Threads that may take part, the calling one included. */
  readonly threads: number;
  /** Returns when all chunks are finished. */
  run(chunks: number): void;
  dispose(): void;
}

/** Everything on the calling thread. */
export class SingleThreadRunner implements CommandRunner {
  readonly threads = 1;
  readonly #run: () => void;

  constructor(run: () => void) {
    this.#run = run;
  }

  run(): void {
    this.#run();
  }

  dispose(): void {}
}
