import {
  badRowPolicies,
  decimalSigns,
  delimiters,
  duplicatePolicies,
  encodings,
  gapPolicies,
  layouts,
  missingPolicies,
  nonFinitePolicies,
  thousandsSigns,
  timeUnits,
  unsortedPolicies,
} from '@nt/data';
import type { ReadOptions } from '@nt/forecast/worker';

/** A field of the form "How the file is read". */
export interface ReadingField {
  readonly option: keyof ReadOptions;
  readonly title: string;
  /** Values to choose from; absent: a text. */
  readonly choices?: readonly (string | boolean)[];
  readonly example?: string;
  /** What a text means: itself, names separated by commas, or a number. */
  readonly kind?: 'text' | 'list' | 'number';
}

/** Every option that a message about a file may offer, and what else people ask for. */
export const readingFields: readonly ReadingField[] = [
  { option: 'target', title: 'Target column', example: 'found' },
  { option: 'time', title: 'Time column', example: 'found' },
  { option: 'id', title: 'Column of series names', example: 'none' },
  { option: 'timeFormat', title: 'Order of a date', example: '%d/%m/%Y' },
  { option: 'timezone', title: 'Time zone', example: 'Europe/Berlin' },
  { option: 'frequency', title: 'Frequency', example: 'found' },
  { option: 'decimal', title: 'Decimal sign', choices: decimalSigns },
  { option: 'thousands', title: 'Sign of thousands', choices: thousandsSigns },
  { option: 'gaps', title: 'Missing time steps', choices: gapPolicies },
  { option: 'missing', title: 'Empty cells', choices: missingPolicies },
  { option: 'duplicates', title: 'Rows with the same time', choices: duplicatePolicies },
  { option: 'badRows', title: 'Rows that cannot be read', choices: badRowPolicies },
  { option: 'nullValues', title: 'Texts for “no value”', example: '#N/A', kind: 'list' },
  { option: 'nonFinite', title: 'Infinite numbers', choices: nonFinitePolicies },
  { option: 'historic', title: 'Covariates known so far', example: 'volume, temperature', kind: 'list' },
  { option: 'future', title: 'Covariates known ahead', example: 'holiday', kind: 'list' },
  { option: 'static', title: 'Covariates of a series', example: 'region', kind: 'list' },
  { option: 'unsorted', title: 'Rows out of order', choices: unsortedPolicies },
  { option: 'layout', title: 'Layout', choices: layouts },
  { option: 'timeUnit', title: 'Unit of times that are numbers', choices: timeUnits },
  { option: 'header', title: 'First line names the columns', choices: [true, false] },
  { option: 'skipRows', title: 'Lines to skip', example: '0', kind: 'number' },
  { option: 'comment', title: 'Sign of comments', example: '#' },
  { option: 'delimiter', title: 'Sign between columns', choices: delimiters },
  { option: 'encoding', title: 'Encoding', choices: encodings },
];

/** The title of an option's field; undefined where the form has none. */
export const titleOf = (option: string): string | undefined =>
  readingFields.find((field) => field.option === option)?.title;

const names: Readonly<Record<string, string>> = {
  ' ': 'blank',
  "'": 'apostrophe',
  '\t': 'tab',
  true: 'yes',
  false: 'no',
};

/** A value as the form shows it; a bare sign would look like the end of a sentence. */
export const valueText = (value: unknown): string =>
  Array.isArray(value) ? value.join(', ') : (names[String(value)] ?? String(value).replace(/^[.,;|#]$/, '“$&”'));
