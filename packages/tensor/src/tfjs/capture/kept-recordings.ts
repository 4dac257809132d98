/** Something that holds memory for recordings. */
export interface Evictable {
  readonly bytes: number;
  evict(): void;
}

/** Bytes that recordings may hold: those of a few training runs and forecasters. */
const mostBytes = 256 * 2 ** 20;
/** What was used last is never given up: a large training would record its parts anew in each update. */
const spared = 8;

/** All recordings of an engine. Programs forecast with any number of networks, and each would keep its memory. */
export class KeptRecordings {
  /** In the order of their last use. */
  readonly #all = new Set<Evictable>();

  use(one: Evictable): void {
    this.#all.delete(one);
    this.#all.add(one);
  }

  drop(one: Evictable): void {
    this.#all.delete(one);
  }

  /** Gives up what has not been used for longest. */
  makeRoom(most: number = mostBytes): void {
    let total = 0;
    for (const { bytes } of this.#all) total += bytes;
    for (const one of [...this.#all].slice(0, -spared)) {
      if (total <= most) return;
      total -= one.bytes;
      one.evict();
    }
  }
}
