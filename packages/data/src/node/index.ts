export { openShardFiles } from './open-shard-files.ts';
export { readTable, type TableOptions } from './read-table.ts';
export { readingFor } from './reading-for.ts';
export { type TableFormat, tableFormat } from './table-format.ts';
