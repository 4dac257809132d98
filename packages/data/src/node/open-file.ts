import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { DataError } from '../data-error.ts';
import type { RandomAccessFile } from '../parquet/parquet-file.ts';

const chunkLength = 1 << 20;

/**
 * A file in chunks; every chunk is valid until the next is asked for. The file is opened when the first is: who finds
 * other reasons not to read it has nothing to close.
 */
export async function openFile(path: string): Promise<{ chunks: AsyncIterable<Uint8Array>; size: number }> {
  const { size } = await statFile(path);
  return { chunks: readChunks(path), size };
}

/** Opens a file for reading anywhere in it, and closes it when `use` is done. */
export async function withFile<T>(path: string, use: (file: RandomAccessFile) => Promise<T>): Promise<T> {
  const handle = await openHandle(path);
  try {
    const { size } = await handle.stat();
    return await use({ byteLength: size, slice: (start, end = size) => readRange(handle, start, Math.min(end, size)) });
  } finally {
    await handle.close();
  }
}

async function readRange(handle: FileHandle, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(Math.max(0, end - start));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled === bytes.length ? bytes.buffer : bytes.buffer.slice(0, filled);
}

async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(chunkLength);
  const handle = await openHandle(path);
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, chunkLength);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'reading it is not allowed',
};

async function openHandle(path: string): Promise<FileHandle> {
  await statFile(path);
  return open(path, 'r').catch((error: unknown) => {
    throw told(path, error);
  });
}

async function statFile(path: string): Promise<Stats> {
  const stats = await stat(path).catch((error: unknown) => {
    throw told(path, error);
  });
  if (!stats.isDirectory()) return stats;
  throw new DataError('data/missing-file', `${path}: this is a folder; name a file, or its files as ${path}/*.csv.`, {
    file: path,
  });
}

function told(path: string, error: unknown): unknown {
  const reason = reasons[error instanceof Error && 'code' in error ? String(error.code) : ''];
  return reason ? new DataError('data/missing-file', `${path}: ${reason}; check the path.`, { file: path }) : error;
}
