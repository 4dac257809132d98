export { openShardFiles } from './open-shard-files.ts';
export { readTable, type TableOptions } from './read-table.ts';
