import { TextDictionary } from '../csv/text-dictionary.ts';
import type { PageSink } from './flat-column.ts';
import { dictionaryCodes, type PageValues, spreadPresent } from './page-values.ts';

/** Texts as codes in the order of their first appearance; empty cells and empty texts are −1. */
export class TextSink implements PageSink<Int32Array> {
  readonly names: string[] = [];
  private readonly known: Map<string, number> = new Map([['', -1]]);
  private entries: TextEntries | undefined;
  /** Plain texts are found by their bytes, so that only new ones become strings. */
  private readonly plain: TextDictionary = new TextDictionary();
  private readonly plainCodes: number[] = [];

  dictionary(bytes: Uint8Array, count: number): void {
    this.entries = new TextEntries(bytes, count);
  }

  page(values: PageValues, isCoded: boolean, out: Int32Array, at: number): void {
    if (isCoded) this.codedPage(values, out, at);
    else this.plainPage(values, out, at);
    spreadPresent(out, at, values, -1);
  }

  private codedPage(values: PageValues, out: Int32Array, at: number): void {
    const codes = dictionaryCodes(values, this.entries?.places.length ?? 0);
    if (codes.length === 0) return;
    const { places } = this.entries!;
    for (let k = 0; k < codes.length; k++) {
      const code = codes[k]!;
      if (places[code] === unplaced) places[code] = this.codeOf(this.entries!.text(code));
      out[at + k] = places[code]!;
    }
  }

  private plainPage({ bytes, present }: PageValues, out: Int32Array, at: number): void {
    const ends = plainEnds(bytes, present);
    for (let k = 0, start = 4; k < present; k++) {
      const code = this.plain.code(bytes, start, ends[k]!);
      out[at + k] = this.plainCodes[code] ??= this.codeOf(this.plain.names[code]!);
      start = ends[k]! + 4;
    }
  }

  private codeOf(text: string): number {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const code = this.names.push(text) - 1;
    this.known.set(text, code);
    return code;
  }
}

/** A dictionary entry that no cell has used so far. */
const unplaced = -2;

/** The texts of a dictionary page, decoded when they are first used. */
class TextEntries {
  readonly places: Int32Array;
  private readonly bytes: Uint8Array;
  private readonly ends: Int32Array;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });

  constructor(bytes: Uint8Array, count: number) {
    this.bytes = bytes;
    this.ends = plainEnds(bytes, count);
    this.places = new Int32Array(count).fill(unplaced);
  }

  text(code: number): string {
    const start = code === 0 ? 4 : this.ends[code - 1]! + 4;
    return this.decoder.decode(this.bytes.subarray(start, this.ends[code]));
  }
}

/** Where each of `count` plain texts ends; each begins with its length in four bytes. */
function plainEnds(bytes: Uint8Array, count: number): Int32Array {
  if (count * 4 > bytes.length) throw new Error(`${count} texts in ${bytes.length} bytes`);
  const ends = new Int32Array(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let position = 0;
  for (let k = 0; k < count; k++) {
    if (position + 4 > bytes.length) throw new Error(`${k} texts where ${count} were expected`);
    position += 4 + view.getUint32(position, true);
    if (position > bytes.length) throw new Error(`a text that ends behind its page`);
    ends[k] = position;
  }
  return ends;
}
