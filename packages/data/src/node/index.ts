export { readTable, type TableOptions } from './read-table.ts';
