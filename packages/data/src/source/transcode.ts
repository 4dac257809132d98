import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';

/** Encodings of text files; `latin1` is read as its superset `windows-1252`, as browsers do. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'latin1', 'windows-1252'] as const;
/** One of `encodings`. */
export type Encoding = (typeof encodings)[number];

/** UTF-16 by its byte-order mark, or by zero bytes that stand on one side of most letters. */
export function findEncoding(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const looked = Math.min(bytes.length, 4096) & ~1;
  const zeros = [0, 0];
  for (let k = 0; k < looked; k++) if (bytes[k] === 0) zeros[k & 1]!++;
  const [even, odd] = zeros as [number, number];
  if (odd > looked / 5 && even < odd / 8) return 'utf-16le';
  if (even > looked / 5 && odd < even / 8) return 'utf-16be';
  return 'utf-8';
}

/** A whole text file, decoded; invalid bytes are an error and never become replacement characters. */
export function decodeText(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(findEncoding(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new DataError('data/encoding', `${name}: not valid UTF-8; save the file as UTF-8.`, { file: name });
  }
}

/** The rest of a text file as UTF-8. */
export async function* transcode(
  name: string,
  head: Uint8Array,
  iterator: AsyncIterator<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  try {
    yield encoder.encode(decoder.decode(head, { stream: true }));
    for (let next = await iterator.next(); !next.done; next = await iterator.next())
      yield encoder.encode(decoder.decode(next.value, { stream: true }));
    yield encoder.encode(decoder.decode());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const message = `${name}: not valid ${encoding.toUpperCase()}; is it another encoding, such as ${remedy('encoding', 'utf-8')}?`;
    throw new DataError('data/encoding', message, { file: name });
  }
}

/** A file without line feeds whose lines end with carriage returns, as spreadsheets of old write them. */
export function hasOnlyReturns(head: Uint8Array): boolean {
  return !head.includes(10) && head.includes(13);
}

/** Ends lines with line feeds in place of carriage returns, in a copy. */
export function withLineFeeds(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (byte === 13 ? 10 : byte));
}
