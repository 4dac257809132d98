export { type TableFormat, tableFormat } from '../source/table-format.ts';
export { openShardFiles } from './open-shard-files.ts';
export { readTable, type TableOptions } from './read-table.ts';
export { sourceFiles } from './source-files.ts';
export { isFilePath, stdinPath } from './source-kind.ts';
