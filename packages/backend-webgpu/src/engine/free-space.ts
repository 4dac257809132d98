interface Span {
  readonly start: number;
  readonly end: number;
}

/** Which bytes of the heap nobody uses: spans in order, no two of them neighbours. */
export class FreeSpace {
  readonly #spans: Span[] = [];

  /** The first place for `size` bytes, or undefined. */
  take(size: number): number | undefined {
    const at = this.#spans.findIndex(({ start, end }) => end - start >= size);
    if (at < 0) return undefined;
    const { start, end } = this.#spans[at]!;
    this.#spans.splice(at, 1, ...(end - start > size ? [{ start: start + size, end }] : []));
    return start;
  }

  add(start: number, end: number): void {
    const at = this.#spans.findIndex((span) => span.start > start);
    const place = at < 0 ? this.#spans.length : at;
    const [before, after] = [this.#spans[place - 1], this.#spans[place]];
    const joinsBefore = before?.end === start;
    const joinsAfter = after?.start === end;
    const joined = { start: joinsBefore ? before.start : start, end: joinsAfter ? after.end : end };
    this.#spans.splice(place - (joinsBefore ? 1 : 0), (joinsBefore ? 1 : 0) + (joinsAfter ? 1 : 0), joined);
  }
}
