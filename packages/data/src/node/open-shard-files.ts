import { basename } from 'node:path';
import { badOption } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import type { Shard, ShardedSeries, ShardsOptions } from '../shards/open-shards.ts';
import { expandGlob, isPattern } from './expand-glob.ts';
import { randomAccess } from './random-access.ts';
import { isAddress } from './source-kind.ts';

/**
 * `openShards` for files of the disk, or one of a web server (`https://…`), of which only the ranges that are needed are
 * fetched. A path with `*` or `?` names several, sorted by name. Nothing stays open, so that nothing has to be closed.
 *
 * @throws as `openShards`; DataError `data/missing-file` also for a server that gives no ranges, `data/corrupt-file` when a
 * file changes on it meanwhile
 */
export async function openShardFiles(path: string, options: ShardsOptions = {}): Promise<ShardedSeries> {
  if (typeof path !== 'string') throw badOption('openShardFiles', 'path', 'a path or a pattern, as a text', path);
  const paths = !isAddress(path) && isPattern(path) ? await expandGlob(path) : [path];
  if (paths.length === 0)
    throw new DataError('data/missing-file', `${path}: no file matches; check the pattern.`, { file: path });
  const shards: Shard[] = [];
  for (const file of paths) {
    shards.push({ name: basename(file), file: await randomAccess(file) });
  }
  // Parquet is loaded when it is met: whoever reads CSV through this entry does not wait for it.
  const { openShards } = await import('../shards/open-shards.ts');
  return openShards(shards, options);
}
