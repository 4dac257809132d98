interface Span {
  start: number;
  end: number;
}

/** Which bytes of the heap nobody uses: freed blocks by size, and spans that have not been cut into blocks. */
export class FreeSpace {
  readonly #blocks = new Map<number, number[]>();
  #spans: Span[] = [];
  #blockBytes = 0;

  /** Bytes in freed blocks. */
  get blockBytes(): number {
    return this.#blockBytes;
  }

  addSpan(start: number, end: number): void {
    const last = this.#spans.at(-1);
    if (last?.end === start) last.end = end;
    else this.#spans.push({ start, end });
  }

  addBlock(offset: number, size: number): void {
    const blocks = this.#blocks.get(size);
    if (blocks) blocks.push(offset);
    else this.#blocks.set(size, [offset]);
    this.#blockBytes += size;
  }

  /** A block of exactly `size` bytes, or undefined. */
  take(size: number): number | undefined {
    const offset = this.#blocks.get(size)?.pop();
    if (offset === undefined) return this.#cut(size);
    this.#blockBytes -= size;
    return offset;
  }

  #cut(size: number): number | undefined {
    const span = this.#spans.find(({ start, end }) => end - start >= size);
    if (!span) return undefined;
    const offset = span.start;
    span.start += size;
    return offset;
  }

  /** Joins all neighbouring free bytes, so that blocks of one size can become a block of another. */
  coalesce(): void {
    const all = this.#spans.filter(({ start, end }) => start < end);
    for (const [size, offsets] of this.#blocks) for (const start of offsets) all.push({ start, end: start + size });
    all.sort((a, b) => a.start - b.start);
    this.#blocks.clear();
    this.#blockBytes = 0;
    this.#spans = [];
    for (const { start, end } of all) this.addSpan(start, end);
  }
}
