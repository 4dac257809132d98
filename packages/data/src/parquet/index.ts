export type { RandomAccessFile } from './parquet-file.ts';
export { readParquet } from './read-parquet.ts';
