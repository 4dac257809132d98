import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../usage-error.ts';

/** Data that another process reads: where they are on a disk that both have, and what has to be there. */
export interface DataReference {
  /** An absolute path: a file, a folder or a pattern. */
  readonly source: string;
  /** Of the names and bytes of all files, in hexadecimal. */
  readonly sha256: string;
}

/** What a worker must find where this process reads. */
export async function dataReference(path: string): Promise<DataReference> {
  const source = resolve(path);
  return { source, sha256: await hashOf(source) };
}

/** Looks whether the data of a reference are what they were. @throws UsageError when not */
export async function checkData({ source, sha256 }: DataReference): Promise<void> {
  if ((await hashOf(source)) === sha256) return;
  throw new UsageError(
    `${source}: its content on this machine is not what the job was made of (SHA-256 of its files). Give all machines the same files at this path.`,
  );
}

async function hashOf(source: string): Promise<string> {
  const { dataFiles } = await import('@nt/data/node');
  const hash = createHash('sha256');
  for (const file of await dataFiles(source)) {
    const { size } = await regularFile(file);
    hash.update(`${basename(file)}\n${size}\n`);
    await pipeline(createReadStream(file), async (chunks) => {
      for await (const chunk of chunks) hash.update(chunk as Buffer);
    });
  }
  return hash.digest('hex');
}

/** Looks whether files are there. @throws Error when one is not */
export async function checkFiles(files: readonly string[]): Promise<void> {
  for (const file of new Set(files)) await regularFile(file);
}

/** Nothing that never ends is read: a device, a pipe. */
async function regularFile(file: string): Promise<Stats> {
  const found = await stat(file).catch(() => null);
  if (found?.isFile()) return found;
  throw missing(file);
}

/** Not final: a shared disk may be there a moment later. */
const missing = (file: string): Error =>
  new Error(`${file}: there is no such file on this machine. Jobs of a queue read data from a disk that all share.`);
