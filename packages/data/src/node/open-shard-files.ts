import { basename } from 'node:path';
import { badOption } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import type { Shard, ShardedSeries, ShardsOptions } from '../shards/open-shards.ts';
import { expandGlob, isPattern } from './expand-glob.ts';
import { withFile } from './open-file.ts';

/**
 * `openShards` for files of the local disk; a path with `*` or `?` names several, sorted by name. Each read opens its
 * file and closes it again, so that nothing has to be closed.
 */
export async function openShardFiles(path: string, options: ShardsOptions = {}): Promise<ShardedSeries> {
  if (typeof path !== 'string') throw badOption('openShardFiles', 'path', 'a path or a pattern, as a text', path);
  const paths = isPattern(path) ? await expandGlob(path) : [path];
  if (paths.length === 0)
    throw new DataError('data/missing-file', `${path}: no file matches; check the pattern.`, { file: path });
  const shards: Shard[] = [];
  for (const file of paths) {
    const byteLength = await withFile(file, async (opened) => opened.byteLength);
    shards.push({
      name: basename(file),
      file: {
        byteLength,
        slice: (start, end) => withFile(file, (opened) => Promise.resolve(opened.slice(start, end))),
      },
    });
  }
  // Parquet is loaded when it is met: whoever reads CSV through this entry does not wait for it.
  const { openShards } = await import('../shards/open-shards.ts');
  return openShards(shards, options);
}
