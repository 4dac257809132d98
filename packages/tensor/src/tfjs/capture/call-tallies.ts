/** What became of the calls of a key with inputs of certain shapes. */
interface Tally {
  calls: number;
  /** Recordings that could not be used. */
  failures: number;
  /** Recordings since the last repetition. */
  unused: number;
}

/** Calls that run the function before it is recorded: tensors move into the heap and optimizers make their state. */
const callsBefore = 2;
const mostFailures = 3;
/** Recordings in vain: then the tensors lie elsewhere in each call. Two make one that is used, for each of some places. */
const mostUnused = 12;

/** Decides which calls are worth a recording, by those before. */
export class CallTallies {
  readonly #tallies = new Map<string, Tally>();
  readonly #most: number;

  /** @param most names that are remembered, those used last */
  constructor(most: number) {
    this.#most = most;
  }

  #of(name: string): Tally {
    const tally = this.#tallies.get(name) ?? { calls: 0, failures: 0, unused: 0 };
    this.#tallies.delete(name);
    this.#tallies.set(name, tally);
    if (this.#tallies.size > this.#most) this.#tallies.delete(this.#tallies.keys().next().value!);
    return tally;
  }

  /** Counts a call that is no repetition. @returns whether to record it, or why not any more */
  mayRecord(name: string): boolean | string {
    const tally = this.#of(name);
    tally.calls++;
    if (tally.calls <= callsBefore || tally.failures >= mostFailures) return false;
    if (tally.unused >= mostUnused) return 'the tensors that it works on lie elsewhere in each call';
    tally.unused++;
    return true;
  }

  failed(name: string): void {
    this.#of(name).failures++;
  }

  repeated(name: string): void {
    const tally = this.#tallies.get(name);
    if (tally) tally.unused = 0;
  }
}
