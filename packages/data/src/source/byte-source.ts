import { DataError } from '../data-error.ts';

/** Bytes of a file, wherever they are: in memory, a browser's File, a stream, a fetched response or an address. */
export type ByteSource =
  | Uint8Array
  | ArrayBuffer
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | Response
  | URL;

/** The bytes in pieces, and how many there are when that is known. */
export interface ByteChunks {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly size: number | undefined;
}

/** Opens any byte source as a sequence of chunks. */
export async function openBytes(source: ByteSource): Promise<ByteChunks> {
  if (source instanceof Uint8Array) return { chunks: slices(source), size: source.length };
  if (source instanceof ArrayBuffer) return { chunks: slices(new Uint8Array(source)), size: source.byteLength };
  if (source instanceof URL) return openBytes(await fetch(source));
  if (typeof Blob !== 'undefined' && source instanceof Blob)
    return { chunks: readAll(source.stream()), size: source.size };
  if (typeof Response !== 'undefined' && source instanceof Response) return openResponse(source);
  if (source instanceof ReadableStream) return { chunks: readAll(source), size: undefined };
  if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source)
    return { chunks: source, size: undefined };
  const message =
    'the source must be bytes, a Blob or File, a stream, a Response or a URL; for a path use readTable of @nt/data/node.';
  throw new DataError('data/bad-option', message, { option: 'source' });
}

/** All bytes of a source in one array; a source that is one array already is not copied. */
export async function collectBytes(source: ByteSource): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (await openBytes(source)).chunks) {
    parts.push(chunk);
    length += chunk.length;
  }
  if (parts.length === 1) return parts[0]!;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

const sliceLength = 1 << 20;

async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += sliceLength) yield bytes.subarray(start, start + sliceLength);
}

/** Browsers cannot all iterate a stream, but all have readers. */
async function* readAll(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}

/** Room is made for the size that a server tells, which may be a false one. */
const mostBelieved = 1 << 28;

function openResponse(response: Response): ByteChunks {
  if (!response.ok) {
    const message = `${response.url}: the server answered ${response.status} ${response.statusText}.`;
    throw new DataError('data/missing-file', message, { file: response.url });
  }
  const length = Number(response.headers.get('content-length'));
  const isPlain = response.headers.get('content-encoding') === null;
  return {
    chunks: response.body ? readAll(response.body) : slices(new Uint8Array()),
    size: isPlain && length > 0 && length <= mostBelieved ? length : undefined,
  };
}
