import { setTimeout as wait } from 'node:timers/promises';
import { DataError } from '../data-error.ts';
import type { RandomAccessFile } from '../parquet/parquet-file.ts';
import { advice, ask, checkAddress, missing } from './fetch-file.ts';

/** Milliseconds before a server that was busy, or a connection that broke, is asked again. */
const pauses = [200, 1000, 5000];

/** What a server says of a file; when it is no longer so, the file is another. */
interface Version {
  readonly size: number;
  /** Empty where the server has none. */
  readonly tag: string;
}

/** A file on a web server. */
export interface AddressFile extends RandomAccessFile {
  /** What the server says of its content: size, and ETag or date. */
  readonly version: string;
}

/**
 * Opens a file on a web server, of which only the ranges that are asked for are fetched. Nothing is kept open. Requests
 * that fail on the way are repeated.
 *
 * @throws DataError `data/missing-file` when there is none, or when the server gives no ranges; `data/corrupt-file` from
 * `slice` when the file has changed since it was opened
 */
export async function openAddress(address: string): Promise<AddressFile> {
  const url = checkAddress(address);
  const shown = `${url.origin}${url.pathname}`; // what stands behind the question mark may be a secret
  const { version } = await fetchRange(url, shown, 0, 1);
  return {
    byteLength: version.size,
    version: `${version.size} ${version.tag}`,
    slice: async (start, end = version.size) => {
      if (end <= start) return new ArrayBuffer(0);
      const range = await fetchRange(url, shown, start, Math.min(end, version.size));
      if (range.version.size !== version.size || range.version.tag !== version.tag) throw changed(shown);
      return range.bytes;
    },
  };
}

interface Range {
  readonly version: Version;
  readonly bytes: ArrayBuffer;
}

async function fetchRange(url: URL, shown: string, start: number, end: number): Promise<Range> {
  for (const pause of [...pauses, null]) {
    try {
      return await askOnce(url, shown, start, end);
    } catch (error) {
      if (pause === null || !isPassing(error)) throw error;
      await wait(pause);
    }
  }
  throw new Error('unreachable'); // the last round returns or throws
}

async function askOnce(url: URL, shown: string, start: number, end: number): Promise<Range> {
  const response = await ask(url, shown, {
    headers: { range: `bytes=${start}-${end - 1}`, 'accept-encoding': 'identity' },
  });
  const { status, headers } = response;
  const found = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get('content-range') ?? '');
  if (status !== 206 || found === null) {
    await response.body?.cancel();
    if (status === 416) throw changed(shown);
    if (response.ok) throw noRanges(shown);
    const error = missing(shown, `the server answered ${`${status} ${response.statusText}`.trim()}${advice(status)}`);
    throw status >= 500 || status === 429 ? Object.assign(error, passing) : error;
  }
  const bytes = await response.arrayBuffer().catch((error: unknown) => {
    throw Object.assign(missing(shown, `the connection broke (${(error as Error).message})`), passing);
  });
  if (Number(found[1]) !== start || bytes.byteLength !== end - start) throw changed(shown);
  const tag = headers.get('etag') ?? headers.get('last-modified') ?? '';
  return { version: { size: Number(found[3]), tag }, bytes };
}

/** Marks errors that may not come again. */
const passing = { isPassing: true };
const isPassing = (error: unknown): boolean => (error as { isPassing?: boolean }).isPassing === true;

function noRanges(shown: string): DataError {
  const message = `${shown}: the server gives this file as a whole only (no range requests), and it is to be read piece by piece. Download it once, and name the file.`;
  return new DataError('data/missing-file', message, { file: shown });
}

function changed(shown: string): DataError {
  const message = `${shown}: the file has changed on the server while it was read (another ETag, date or size). Start again, when nobody writes it.`;
  return new DataError('data/corrupt-file', message, { file: shown });
}
