import type { DataErrorCode } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import { commonFormats } from '../time/fitting-format.ts';
import { isTimeText } from '../time/is-time-text.ts';
import { monthNumber } from '../time/month-names.ts';

/** Arguments of a fault for a cell that is no time of one meaning; other cells of its column help to say what to pass. */
export function timeFault(
  column: string,
  text: string,
  others: readonly string[] = [],
): [DataErrorCode, string, string, string] {
  const formats = commonFormats(text, others);
  const parts = /^(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}/.exec(text);
  if (formats.length > 0 && parts) {
    const [first, second] = [Number(parts[1]), Number(parts[2])];
    const [only] = formats.length === 1 ? formats : [''];
    const question =
      first > 12 || only!.startsWith('%d')
        ? 'day first'
        : second > 12 || only!.startsWith('%m')
          ? 'month first'
          : 'day-month or month-day?';
    const reason = `"${text}": ${question}; only ISO dates (2020-01-31) are read without being told; pass ${remedy('timeFormat', ...formats)}`;
    return ['data/ambiguous-date', column, text, reason];
  }
  return ['data/bad-time', column, text, `"${text}" is not a date or time${timeHint(text, column, formats)}`];
}

/** What `%g` and spreadsheets leave of a long number: six digits and an exponent. */
export const lostDigits: RegExp = /^[+-]?\d(?:[.,]\d{0,5})?[eE][+]?\d+$/;

const zoneWord = /\d\s*((?!UTC|GMT|AM|PM)[A-Z]{2,5}|[A-Z][A-Za-z]+\/[A-Z][A-Za-z_]+)$/;

function timeHint(text: string, column: string, formats: readonly string[]): string {
  if (isTimeText(text)) return ' like the others of its column, which are numbers; write all in one form';
  if (formats.length > 0) return ` that has one meaning only; pass ${remedy('timeFormat', ...formats)}`;
  const zone = zoneWord.exec(text)?.[1];
  if (zone?.includes('/')) return `; write times without their zone, and pass ${remedy('timezone', zone)}`;
  if (zone) return `; write the UTC offset in place of '${zone}', for example 2020-01-31T12:00+01:00`;
  if (/^\d{1,2}:\d\d(:\d\d(\.\d+)?)?(\s?[AaPp][Mm])?$/.test(text))
    return `: it has no date; if another column has the date, join the two, for example ${remedy('time', ['date', column])}`;
  if (/\d:\d\d\s?[-–]\s?\d\d?:\d\d$|\d{4}.*(?:-|–|\/|to|bis).*\d{4}/.test(text))
    return ': it seems to be a period; write the time at which it begins';
  if (/^="?/.test(text)) return ': it is a formula of a spreadsheet; write its value, without = and quotes';
  if (lostDigits.test(text))
    return ': a time with an exponent has lost its digits; write the file again with all of them';
  if (/^\d{4}\s?[-/–]\s?\d\d$/.test(text)) return ': if it is a span of two years, write the first of them alone';
  if (/^-?\d+ days?\b/.test(text)) return `: it is a duration; write dates, or pass ${remedy('time', false)}`;
  if (/^\d{4}\.\d+$/.test(text)) return ': fractions of a year are not read; write 1990-01';
  if (monthNumber(text) > 0) return ': it has no year; write 2020-01';
  if (/\d \d+ of \d+$/.test(text))
    return `: that day has fewer; pass ${remedy('timezone', 'Europe/Berlin')} (or what their zone is) if its clocks are put back on it, or write clock times in place of numbers`;
  if (/\s(2[5-9]|[3-9]\d):00$/.test(text))
    return ': a day has 24 hours; write the clock time of a period in place of its number';
  if (/:60(\D|$)/.test(text)) return ': leap seconds are not read; write the second before or after it';
  const word = /\p{L}{3,}/u.exec(text)?.[0];
  if (word && monthNumber(word) > 0) {
    const mayBeYear = /^\d\d([-\s./])\p{L}+\.?$/u.exec(text);
    const yearFirst = mayBeYear
      ? `; pass ${remedy('timeFormat', `%y${mayBeYear[1]}%b`)} if ${text.slice(0, 2)} is the year`
      : '';
    return `: its year has not four digits${yearFirst}; else write 2020-01-31`;
  }
  if (word && /\d/.test(text))
    return `; the word '${word}' is not known (names of months are read in English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish and Norwegian); write 2020-01-31`;
  return ' (expected for example 2020-01-31 or 2020-01-31T12:00Z)';
}

/** As `timeFault`, for a format that was told. */
export function formatFault(column: string, text: string, format: string): [DataErrorCode, string, string, string] {
  return ['data/bad-time', column, text, `"${text}" does not match ${remedy('timeFormat', format)}`];
}
