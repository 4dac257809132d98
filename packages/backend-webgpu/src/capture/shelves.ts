/** Places of one size: all that there are, in the order in which they were first needed. */
interface Shelf<Place> {
  readonly all: Place[];
  readonly free: Place[];
  used: number;
}

/**
 * Memory of one recording. Places that are given back serve the same recording again and nobody else, so that its commands
 * find them as they left them. The same requests in the same order get the same places.
 */
export class Shelves<Place> {
  readonly #shelves = new Map<string | number, Shelf<Place>>();
  readonly #living = new Map<Place, Shelf<Place>>();
  readonly #once = new Set<Place>();

  /**
   * @param borrow gives a place when the shelf has none
   * @param once for what the host writes: it is not written again before each of its uses, so nobody else may have it
   */
  take<Found extends Place | undefined>(
    size: string | number,
    borrow: () => Found,
    once: boolean = false,
  ): Place | Found {
    const shelf = this.#shelves.get(size) ?? { all: [], free: [], used: 0 };
    this.#shelves.set(size, shelf);
    const place = (once ? undefined : shelf.free.pop()) ?? this.#next(shelf, borrow);
    if (place === undefined) return place;
    this.#living.set(place, shelf);
    if (once) this.#once.add(place);
    return place;
  }

  #next<Found extends Place | undefined>(shelf: Shelf<Place>, borrow: () => Found): Place | Found {
    if (shelf.used === shelf.all.length) {
      const place = borrow();
      if (place === undefined) return place;
      shelf.all.push(place);
    }
    return shelf.all[shelf.used++]!;
  }

  giveBack(place: Place): void {
    const shelf = this.#living.get(place)!;
    this.#living.delete(place);
    if (!this.#once.has(place)) shelf.free.push(place);
  }

  get living(): number {
    return this.#living.size;
  }

  /** As before the first request, with the same places; only while none is in use. */
  rewind(): void {
    this.#once.clear();
    for (const shelf of this.#shelves.values()) {
      shelf.used = 0;
      shelf.free.length = 0;
    }
  }

  /** Every place, in use or not. */
  *places(): Generator<{ readonly place: Place; readonly isLiving: boolean }> {
    for (const { all } of this.#shelves.values())
      for (const place of all) yield { place, isLiving: this.#living.has(place) };
  }
}
