export type { DividedSeries, PartSizes, RowSpan, SeriesPart } from '../shards/series-parts.ts';
export { type TableFormat, tableFormat } from '../source/table-format.ts';
export { dataFiles } from './data-files.ts';
export { openParts, type PartedFiles } from './open-parts.ts';
export { openShardFiles } from './open-shard-files.ts';
export { readTable, type TableOptions } from './read-table.ts';
export { isFilePath, isPiped, stdinPath } from './source-kind.ts';
