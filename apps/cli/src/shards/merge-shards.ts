import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readShardText } from './shard-folder.ts';
import { rowsOfShard, type ShardForm } from './shard-text.ts';

/**
 * Joins finished shards, in the order of the series, into the output: one in memory at a time, and the output is there whole
 * or not at all.
 */
export async function mergeShards(
  output: string,
  folder: string,
  ids: readonly string[],
  { header, form }: { readonly header: string; readonly form: ShardForm },
): Promise<void> {
  await mkdir(dirname(output), { recursive: true });
  const partial = `${output}.${process.pid}.partial`;
  const file = await open(partial, 'w');
  try {
    if (form.ending === '.parquet') await writeParquet(file, folder, ids);
    else {
      await file.writeFile(header);
      for (const id of ids) await file.writeFile(await readShardText(folder, id));
    }
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(partial, { force: true });
    throw error;
  }
  await file.close();
  await rename(partial, output);
}

/** A row group for each shard. */
async function writeParquet(file: FileHandle, folder: string, ids: readonly string[]): Promise<void> {
  const { parquetPieces } = await import('../output/forecast-parquet.ts');
  let pieces: ReturnType<typeof parquetPieces> | undefined;
  for (const id of ids) {
    const text = await readShardText(folder, id);
    if (text === '') continue;
    const rows = rowsOfShard(text);
    pieces ??= parquetPieces(rows);
    await file.writeFile(pieces.add(rows));
  }
  if (pieces) await file.writeFile(pieces.end());
}
