import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';

const isMonth = (name: string): boolean => /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i.test(name);
const isHour = (name: string): boolean => /^(h|hr|he|hour)?[ _]?\d{1,2}(:\d\d)?$/i.test(name);

/** A column for each month of a year or for each hour of a day is a table that has to be turned. */
export function checkPeriods(file: string, names: readonly string[]): void {
  const period =
    names.filter(isMonth).length === 12
      ? 'months of a year'
      : names.filter(isHour).length >= 23
        ? 'hours of a day'
        : '';
  if (period === '') return;
  const message = `${file}: the columns ${names.slice(0, 2).join(', ')}, … seem to be the ${period}; turn the table, so that every time is a row, or name one column alone: ${remedy('target')}.`;
  throw new DataError('data/missing-column', message, { file });
}
