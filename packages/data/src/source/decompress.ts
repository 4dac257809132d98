import { DataError } from '../data-error.ts';
import { type ByteSource, openBytes } from './byte-source.ts';

/** Recognises gzip and zstd by their first bytes and decompresses on the way; other bytes pass unchanged. */
export async function decompress(name: string, source: ByteSource): Promise<ByteSource> {
  const { chunks } = await openBytes(source);
  return decompressChunks(name, chunks);
}

/** `decompress` for bytes that are opened already. */
export async function* decompressChunks(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    const first = await firstBytes(iterator);
    if (first.length === 0) return;
    const [a, b, c, d] = first;
    const rest = chain(first, iterator);
    if (a === 0x1f && b === 0x8b) yield* gunzip(name, rest);
    else if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) yield* unzstd(name, rest);
    else yield* rest;
  } finally {
    await iterator.return?.();
  }
}

/** At least the four bytes that tell, if there are so many: a pipe or a network may begin with one. */
async function firstBytes(iterator: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let bytes: Uint8Array = new Uint8Array();
  while (bytes.length < 4) {
    const next = await iterator.next();
    if (next.done) break;
    if (bytes.length === 0 && next.value.length >= 4) return next.value;
    const joined = new Uint8Array(bytes.length + next.value.length);
    joined.set(bytes);
    joined.set(next.value, bytes.length);
    bytes = joined;
  }
  return bytes;
}

async function* chain(first: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
}

async function* gunzip(name: string, chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  // The stream may read ahead, while the source may use its buffer again: each chunk is copied.
  const input = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value.slice());
    },
  });
  // The declared types of the two streams differ in Node and browsers, the objects do not.
  const output = input.pipeThrough(new DecompressionStream('gzip') as never) as ReadableStream<Uint8Array>;
  const reader = output.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw corrupt(name, 'gzip', error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function* unzstd(name: string, chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('fzstd');
  const ready: Uint8Array[] = [];
  const stream = new Decompress((chunk) => ready.push(chunk));
  for await (const chunk of chunks) {
    try {
      stream.push(chunk.slice());
    } catch (error) {
      throw corrupt(name, 'zstd', error);
    }
    yield* ready.splice(0);
  }
  try {
    stream.push(new Uint8Array(), true);
  } catch (error) {
    throw corrupt(name, 'zstd', error);
  }
  yield* ready.splice(0);
}

function corrupt(name: string, format: string, error: unknown): DataError {
  const reason = error instanceof Error ? error.message : String(error);
  return new DataError(
    'data/corrupt-file',
    `${name}: the ${format} data are damaged or cut off (${reason}); copy the file again.`,
    { file: name },
  );
}
