import { DataError } from '../data-error.ts';

/** Codes for texts given as bytes, so that a repeated id costs a hash and no string. */
export class TextDictionary {
  readonly names: string[] = [];
  private slots = new Int32Array(1024).fill(-1);
  private hashes = new Int32Array(512);
  private starts = new Int32Array(513);
  private pool = new Uint8Array(8192);
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private last = -1;

  /** The code of a text: the number of different texts seen before it first came. */
  code(bytes: Uint8Array, start: number, end: number): number {
    if (this.last >= 0 && this.equals(this.last, bytes, start, end)) return this.last;
    let hash = 0x811c9dc5 | 0;
    for (let k = start; k < end; k++) hash = Math.imul(hash ^ bytes[k]!, 0x01000193);
    const mask = this.slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let code = this.slots[slot]!; code >= 0; code = this.slots[slot]!) {
      if (this.hashes[code] === hash && this.equals(code, bytes, start, end)) {
        this.last = code;
        return code;
      }
      slot = (slot + 1) & mask;
    }
    this.last = this.add(bytes, start, end, hash, slot);
    return this.last;
  }

  private equals(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.starts[code]!;
    if (this.starts[code + 1]! - from !== end - start) return false;
    const pool = this.pool;
    for (let k = start, j = from; k < end; k++, j++) if (pool[j] !== bytes[k]) return false;
    return true;
  }

  private add(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const code = this.names.length;
    this.names.push(this.decode(bytes.subarray(start, end)));
    const from = this.starts[code]!;
    const stop = from + end - start;
    if (stop > this.pool.length) this.pool = grown(this.pool, Math.max(stop, this.pool.length * 2), Uint8Array);
    this.pool.set(bytes.subarray(start, end), from);
    if (code + 2 > this.starts.length) this.starts = grown(this.starts, this.starts.length * 2, Int32Array);
    if (code + 1 > this.hashes.length) this.hashes = grown(this.hashes, this.hashes.length * 2, Int32Array);
    this.starts[code + 1] = stop;
    this.hashes[code] = hash;
    this.slots[slot] = code;
    if (this.names.length * 2 > this.slots.length) this.rehash();
    return code;
  }

  private decode(bytes: Uint8Array): string {
    try {
      return this.decoder.decode(bytes);
    } catch {
      throw new DataError('data/encoding', 'not valid UTF-8');
    }
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 4).fill(-1);
    const mask = this.slots.length - 1;
    for (let code = 0; code < this.names.length; code++) {
      const hash = this.hashes[code]!;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = code;
    }
  }
}

interface Growable<T> {
  readonly length: number;
  set(from: T): void;
}

function grown<T extends Growable<T>>(array: T, length: number, type: new (length: number) => T): T {
  const larger = new type(length);
  larger.set(array);
  return larger;
}
