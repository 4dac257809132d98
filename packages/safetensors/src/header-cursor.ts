import { quote } from './quote.ts';
import { SafetensorsError } from './safetensors-error.ts';

const [space, tab, newLine, carriageReturn] = [0x20, 0x09, 0x0a, 0x0d];
const [quotationMark, backslash] = [0x22, 0x5c];
const maxAscii = 0x7f;
const [digit0, digit9] = [0x30, 0x39];

/**
 * Reads words of JSON from a header's bytes. From the bytes, since a text of the whole header and the copy that browsers
 * need for decoding it would double and triple what a hostile header of 100 MB takes.
 */
export class HeaderCursor {
  readonly bytes: Uint8Array;
  /** The byte that comes next, counted from the begin of the header. */
  at = 0;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** True when the next byte is this ASCII character. */
  isAt(character: string): boolean {
    return this.bytes[this.at] === character.charCodeAt(0);
  }

  take(character: string): void {
    if (!this.isAt(character)) throw this.invalid(`'${character}'`);
    this.at += 1;
  }

  skipSpace(): void {
    for (let byte = this.bytes[this.at]; ; byte = this.bytes[this.at]) {
      if (byte !== space && byte !== newLine && byte !== tab && byte !== carriageReturn) return;
      this.at += 1;
    }
  }

  readText(): string {
    const start = this.at;
    this.take('"');
    let [isEscaped, isAscii] = [false, true];
    for (let byte = this.bytes[this.at]; byte !== quotationMark; byte = this.bytes[this.at]) {
      if (byte === undefined) throw this.invalid(`'"'`);
      if (byte < space) throw this.invalid('a JSON string', start);
      if (byte === backslash) isEscaped = true;
      if (byte > maxAscii) isAscii = false;
      this.at += byte === backslash ? 2 : 1;
    }
    this.at += 1;
    // The first way costs a tenth of a decoder's call, which a header of a million tensors makes five million times.
    const isPlain = isAscii && !isEscaped && this.at - start < 100;
    if (isPlain) return String.fromCharCode(...this.bytes.subarray(start + 1, this.at - 1));
    const text = this.#decode(start + 1, this.at - 1);
    return isEscaped ? this.#unescape(text, start) : text;
  }

  /** A whole number ≥ 0 without sign, fraction or exponent, which a double holds exactly. */
  readCount(): number {
    const start = this.at;
    let count = 0;
    for (let byte = this.bytes[this.at]; isDigit(byte); byte = this.bytes[this.at]) {
      count = count * 10 + (byte - digit0);
      this.at += 1;
    }
    const digits = this.at - start;
    const isZeroLed = digits > 1 && this.bytes[start] === digit0;
    const goesOn = this.isAt('.') || this.isAt('e') || this.isAt('E');
    if (digits > 0 && !isZeroLed && !goesOn && Number.isSafeInteger(count)) return count;
    throw this.invalid('a string, an object, an array or a whole number ≥ 0', start);
  }

  invalid(expected: string, at: number = this.at): SafetensorsError {
    const shown = new TextDecoder().decode(this.bytes.slice(at, at + 20));
    const found = at < this.bytes.length ? quote(shown) : 'its end';
    return new SafetensorsError(
      'safetensors/invalid-header',
      `header, byte ${at}: expected ${expected}; found ${found}. The file is damaged or not safetensors.`,
      { byte: at },
    );
  }

  #decode(begin: number, end: number): string {
    // A copy where memory is shared, which browsers do not decode.
    const part = this.bytes.subarray(begin, end);
    const isShared = Object.prototype.toString.call(part.buffer) === '[object SharedArrayBuffer]';
    try {
      return this.#decoder.decode(isShared ? new Uint8Array(part) : part);
    } catch {
      throw new SafetensorsError(
        'safetensors/not-utf8',
        `header, byte ${begin}: expected a text in UTF-8; found other bytes. The file is damaged or not safetensors.`,
        { byte: begin },
      );
    }
  }

  #unescape(text: string, start: number): string {
    let value: string;
    try {
      value = JSON.parse(`"${text}"`) as string;
    } catch {
      throw this.invalid('a JSON string', start);
    }
    // JSON can name half of a surrogate pair; no UTF-8 can hold it, so the file could not be written again.
    if (!/\p{Surrogate}/u.test(value)) return value;
    throw new SafetensorsError(
      'safetensors/invalid-name',
      `header, byte ${start}: expected names and metadata that UTF-8 can hold; found half of a surrogate pair in ${quote(value)}. The file is damaged or hostile.`,
      { byte: start },
    );
  }
}

function isDigit(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= digit0 && byte <= digit9;
}
