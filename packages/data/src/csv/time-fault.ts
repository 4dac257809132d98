import type { DataErrorCode } from '../data-error.ts';
import { remedy } from '../remedy.ts';

/** Arguments of a fault for a cell that is no ISO time: an ambiguous order of day and month is named as such. */
export function timeFault(column: string, text: string): [DataErrorCode, string, string, string] {
  const parts = /^(\d{1,2})[./-](\d{1,2})[./-](\d{2,4})\b/.exec(text);
  if (parts) {
    const [first, second] = [Number(parts[1]), Number(parts[2])];
    const question = first > 12 ? 'day first' : second > 12 ? 'month first' : 'day-month or month-day?';
    return [
      'data/ambiguous-date',
      column,
      text,
      `"${text}": ${question}; only ISO dates (2020-01-31) are read without being told; pass for example ${remedy('timeFormat', second > 12 ? '%m/%d/%Y' : '%d/%m/%Y')}`,
    ];
  }
  return [
    'data/bad-time',
    column,
    text,
    `"${text}" is not a date or time (expected for example 2020-01-31 or 2020-01-31T12:00Z)`,
  ];
}
