import type { RandomAccessFile } from '../parquet/parquet-file.ts';
import { openAddress } from './fetch-range.ts';
import { withFile } from './open-file.ts';
import { isAddress } from './source-kind.ts';

/**
 * A file of the disk, or one that a web server gives in ranges. Each read of a file of the disk opens it and closes it
 * again, so that nothing has to be closed.
 */
export async function randomAccess(path: string): Promise<RandomAccessFile> {
  if (isAddress(path)) return openAddress(path);
  return {
    byteLength: await withFile(path, async ({ byteLength }) => byteLength),
    slice: (start, end) => withFile(path, (file) => Promise.resolve(file.slice(start, end))),
  };
}
