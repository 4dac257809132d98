import { kindOf, quote } from './quote.ts';
import { SafetensorsError } from './safetensors-error.ts';

/** Bytes that a header may have: the reference implementation's limit, so that both refuse the same files. */
export const maxHeaderBytes = 100_000_000;

/** The text of an object, written field by field, and refused before it outgrows what a header may be. */
export class HeaderText {
  readonly #fields: string[] = [];
  #length = '{}'.length;

  addField(field: string): void {
    this.#length += field.length + ','.length;
    if (this.#length > maxHeaderBytes + ','.length) throw tooLarge(`at least ${this.#length}`);
    this.#fields.push(field);
  }

  toString(): string {
    return `{${this.#fields.join(',')}}`;
  }

  /** The length field and the header, padded with spaces to a multiple of 8 bytes. */
  encode(): Uint8Array {
    const header = new TextEncoder().encode(this.toString());
    const padded = Math.ceil(header.byteLength / 8) * 8;
    if (padded > maxHeaderBytes) throw tooLarge(String(padded));
    const head = new Uint8Array(8 + padded).fill(0x20);
    new DataView(head.buffer).setBigUint64(0, BigInt(padded), true);
    head.set(header, 8);
    return head;
  }
}

/** JSON strings as the reference implementation writes them; JavaScript escapes the same characters. */
export function encodeText(text: string): string {
  if (typeof text !== 'string') throw unwritable(`expected names that are texts; found ${kindOf(text)}`);
  if (text.length > maxHeaderBytes) throw tooLarge(`at least ${text.length}`);
  if (/\p{Surrogate}/u.test(text)) {
    throw unwritable(
      `expected names and metadata that UTF-8 can hold; found half of a surrogate pair in ${quote(text)}`,
    );
  }
  try {
    return JSON.stringify(text);
  } catch {
    throw tooLarge(`more than a text can hold in ${quote(text)}`); // escaped, a character may take six
  }
}

function unwritable(problem: string): SafetensorsError {
  return new SafetensorsError('safetensors/invalid-name', `${problem}. Rename it.`);
}

function tooLarge(found: string): SafetensorsError {
  return new SafetensorsError(
    'safetensors/header-too-large',
    `expected names, shapes and metadata that fit into ${maxHeaderBytes} bytes; found ${found}. Split the file or shorten the metadata.`,
  );
}
