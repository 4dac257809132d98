import { DataError } from '../data-error.ts';
import { openBytes } from '../source/byte-source.ts';
import { type TableFormat, tableFormat } from '../source/table-format.ts';
import type { Incoming } from './load-bytes.ts';

const mediaTypes: Readonly<Record<string, TableFormat>> = {
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'application/json': 'json',
  'application/x-ndjson': 'json',
  'application/vnd.apache.parquet': 'parquet',
  'application/vnd.apache.arrow.file': 'arrow',
  'application/vnd.apache.arrow.stream': 'arrow',
};

/**
 * Begins to fetch a file. The format follows from the name in the address, else from what the server calls it, else from
 * the first bytes.
 *
 * @param tell hears how many bytes came, when all have
 * @throws DataError `data/missing-file` with the server's answer or the reason of the network, `data/bad-option` for an
 * address of another kind
 */
export async function fetchFile(address: string, tell: (bytes: number) => void): Promise<Incoming> {
  const url = checkAddress(address);
  const shown = `${url.origin}${url.pathname}`; // what stands behind the question mark may be a secret
  const response = await ask(url, shown);
  if (!response.ok) {
    await response.body?.cancel();
    const status = `${response.status} ${response.statusText}`.trim();
    throw missing(shown, `the server answered ${status}${advice(response.status)}`);
  }
  const name = decoded(url.pathname.split('/').at(-1) ?? '') || url.host;
  const { chunks, size } = await openBytes(response);
  return { name, chunks: counted(chunks, shown, tell), size, format: formatOf(url.pathname, response) };
}

/** A text of an address as people write it; a `%` that begins no letter stays. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @throws DataError `data/bad-option` for an address of another kind, or with a password */
export function checkAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url;
  const said =
    url === undefined
      ? `'${address}' is no address`
      : url.username === '' && url.password === ''
        ? `addresses of ${url.protocol}// are not fetched, only http and https; copy the file first`
        : `${url.protocol}//…@${url.host}${url.pathname}: a password in an address would be written into the model; fetch the file with another program and hand it on through a pipe`;
  throw new DataError('data/bad-option', `${said}.`, { option: 'path' });
}

/** @throws DataError `data/missing-file` with the reason of the network */
export async function ask(url: URL, shown: string, how: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, how);
  } catch (error) {
    throw missing(shown, reasonOf(error));
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  shown: string,
  tell: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      yield chunk;
    }
  } catch (error) {
    const message = `${shown}: the connection broke after ${bytes} bytes (${reasonOf(error)}); try again.`;
    throw new DataError('data/corrupt-file', message, { file: shown });
  }
  tell(bytes);
}

/** @param reason what the server or the network says */
export const missing = (shown: string, reason: string): DataError =>
  new DataError('data/missing-file', `${shown}: ${reason}; check the address.`, { file: shown });

const networkReasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up now; is there a network?',
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'the server closed the connection',
  UND_ERR_CONNECT_TIMEOUT: 'nothing answered in time',
  UND_ERR_HEADERS_TIMEOUT: 'nothing answered in time',
  UND_ERR_SOCKET: 'the server closed the connection',
};

/** `fetch` says that it failed; why is in the cause of its error. */
function reasonOf(error: unknown): string {
  const { cause = error } = error as { cause?: unknown };
  const { code, message } = cause as { code?: string; message?: string };
  return networkReasons[code ?? ''] ?? (message || String(error));
}

/** What to do about an answer of a server. */
export function advice(status: number): string {
  if (status === 401 || status === 403)
    return '; it wants to know who asks: fetch the file with another program and hand it on through a pipe';
  return status >= 500 ? '; that is its own trouble, try again later' : '';
}

function formatOf(path: string, response: Response): TableFormat | undefined {
  try {
    return tableFormat(path);
  } catch {
    return mediaTypes[response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''];
  }
}
