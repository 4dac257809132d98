export { readArrow, readArrowTable } from './read-arrow.ts';
export { toArrowTable, writeArrow } from './to-arrow-table.ts';
