import { type CsvOptions, readCsv, type SeriesSet } from '../../src/index.ts';
import { bytes } from './bytes.ts';

/** Reads a CSV given as text, named `f.csv`. */
export function readText(text: string, options: CsvOptions = {}): Promise<SeriesSet> {
  return readCsv(bytes(text), { name: 'f.csv', ...options });
}
