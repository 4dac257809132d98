interface Entry {
  count: number;
  /** Milliseconds, without those of entries begun meanwhile. */
  total: number;
}

/** Adds up how long functions take, by name; what one spends in another that is timed too counts for the inner one. */
export class Stopwatch {
  readonly #entries = new Map<string, Entry>();
  readonly #open: { readonly name: string; inner: number }[] = [];

  /** The innermost function that runs now. */
  get current(): string | undefined {
    return this.#open.at(-1)?.name;
  }

  time<Result>(name: string, f: () => Result): Result {
    const own = { name, inner: 0 };
    const outer = this.#open.at(-1);
    this.#open.push(own);
    const start = performance.now();
    try {
      return f();
    } finally {
      const elapsed = performance.now() - start;
      this.#open.pop();
      if (outer) outer.inner += elapsed;
      this.#add(name, elapsed - own.inner);
    }
  }

  /** Longest first. */
  entries(): [string, Readonly<Entry>][] {
    return [...this.#entries].sort(([, a], [, b]) => b.total - a.total);
  }

  #add(name: string, milliseconds: number): void {
    const entry = this.#entries.get(name) ?? { count: 0, total: 0 };
    entry.count++;
    entry.total += milliseconds;
    this.#entries.set(name, entry);
  }
}
