import { extname } from 'node:path';

/** Files that can be written piece by piece. */
export const shardEndings = ['.csv', '.tsv', '.jsonl', '.parquet'] as const;
/** One of `shardEndings`. */
export type ShardEnding = (typeof shardEndings)[number];

/** How a file of this name is written piece by piece; undefined where it cannot be. */
export function shardEnding(path: string): ShardEnding | undefined {
  const ending = extname(path).toLowerCase();
  if (ending === '' || ending === '.txt') return '.csv';
  return shardEndings.find((one) => one === ending);
}
