import { badOption, checkChoice, checkText, checkWhole } from '../check-options.ts';
import { checkSeriesOptions, type SeriesOptions } from '../series/series-options.ts';
import { type Encoding, encodings } from '../source/transcode.ts';
import { type Delimiter, delimiters } from './csv-dialect.ts';

/** Rows that cannot be read: an error, or left out and listed in the report. */
export const badRowPolicies = ['error', 'reject'] as const;

/** How a CSV file is read. */
export interface CsvOptions extends SeriesOptions {
  /** Default: the one of `, ; tab |` that splits the header into most fields. */
  readonly delimiter?: Delimiter;
  /**
   * Whether the first record holds the names of the columns; default true, and an error where it holds values. `false`:
   * columns are called `column1`, `column2` ….
   */
  readonly header?: boolean;
  /** Lines in front of the header that are left out; default 0. */
  readonly skipRows?: number;
  /** First letter of lines that are left out anywhere, for example `#`; default none. */
  readonly comment?: string;
  /** Default `utf-8`, or UTF-16 when the first bytes show it. */
  readonly encoding?: Encoding;
  /** Rows that cannot be read: `error` (default), or `reject` to leave them out and list them in the report. */
  readonly badRows?: (typeof badRowPolicies)[number];
}

/** Options that say how the text of a file is cut: no other format has them. */
export const csvOptionKeys: readonly string[] = ['delimiter', 'header', 'skipRows', 'comment', 'encoding', 'badRows'];

/** @throws DataError `data/bad-option` */
export function checkCsvOptions(owner: string, options: CsvOptions): void {
  checkSeriesOptions(owner, options, csvOptionKeys);
  checkChoice(owner, 'delimiter', options.delimiter, delimiters);
  checkChoice(owner, 'header', options.header, [true, false]);
  checkChoice(owner, 'encoding', options.encoding, encodings);
  checkChoice(owner, 'badRows', options.badRows, badRowPolicies);
  if (options.skipRows !== undefined) checkWhole(owner, 'skipRows', options.skipRows, 0);
  checkText(owner, 'comment', options.comment);
  if (options.comment !== undefined && !/^[!-~]$/.test(options.comment))
    throw badOption(owner, 'comment', 'one letter of ASCII, such as #', options.comment);
  if (options.decimal === ',' && options.delimiter === ',') {
    throw badOption(owner, 'decimal', "different from the delimiter; files with a decimal comma use ';'", ',');
  }
}
