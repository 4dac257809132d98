import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import { epochNumber, epochTime, isRecent, type TimeUnit } from './epoch-time.ts';
import { formatTime } from './format-time.ts';

/** Where times that were numbers come from, and the unit in which they were read. */
export interface EpochColumn {
  readonly file: string;
  readonly column: string;
  readonly unit: TimeUnit;
  readonly isTold: boolean;
}

/**
 * Refuses numbers that became improbable times. Counted steps, serial dates and compact dates are all whole numbers: read
 * as seconds since 1970 they would silently be times of that year.
 *
 * @throws DataError `data/time-range` with what the numbers seem to be
 */
export function checkEpochs(time: Float64Array, source: EpochColumn): void {
  let [least, latest] = [Infinity, -Infinity];
  for (let row = 0; row < time.length; row++) {
    if (time[row]! < least) least = time[row]!;
    if (time[row]! > latest) latest = time[row]!;
  }
  if (latest === -Infinity) return;
  const advice = source.isTold ? toldAdvice(latest, source) : foundAdvice(least, latest, source);
  if (advice === undefined) return;
  const message = `${source.file}: time column '${source.column}': ${advice}.`;
  throw new DataError('data/time-range', message, { file: source.file, column: source.column, option: 'timeUnit' });
}

/** Seconds read as milliseconds all fall into January 1970, milliseconds read as seconds far behind the year 3000. */
function toldAdvice(latest: number, { unit }: EpochColumn): string | undefined {
  const raw = epochNumber(latest, unit);
  const likely = (['s', 'ms', 'us', 'ns'] as const).find((other) => other !== unit && isRecent(epochTime(raw, other)));
  if (isRecent(latest) || likely === undefined) return undefined;
  return `with timeUnit '${unit}' the last time is ${formatTime(latest)}, with '${likely}' it would be ${formatTime(epochTime(raw, likely))}; pass ${remedy('timeUnit', likely)}`;
}

const compactForms: readonly (readonly [digits: number, format: string, meaning: string])[] = [
  [6, '%Y%m', 'year and month'],
  [6, '%G%V', 'year and week'],
  [7, '%Y%j', 'year and day of the year'],
  [10, '%Y%m%d%H', 'date and hour'],
  [12, '%Y%m%d%H%M', 'date and clock'],
  [14, '%Y%m%d%H%M%S', 'date and clock'],
];

const [years, months, days] = ['(?:19|20)\\d\\d', '(?:0[1-9]|1[0-2])', '(?:0?[1-9]|[12]\\d|3[01])'];
const padded = '(?:0[1-9]|[12]\\d|3[01])';
/** Dates whose year stands behind, or has two digits; a zero in front may be lost. */
const turnedForms: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^${days}${months}${years}$`), '%d%m%Y'],
  [new RegExp(`^(?:0?[1-9]|1[0-2])${padded}${years}$`), '%m%d%Y'],
  [new RegExp(`^[0-6]\\d${months}${padded}$`), '%y%m%d'],
];

/** Counts that other programs and sciences keep. */
const otherCounts: readonly { readonly from: number; readonly to: number; readonly what: string }[] = [
  { from: 711_000, to: 770_000, what: 'days since the year 0, as MATLAB counts them' },
  { from: 2_430_000, to: 2_490_000, what: 'Julian days' },
  {
    from: 55_000,
    to: 66_000,
    what: 'modified Julian days (or serial dates of a spreadsheet in the years 2050 to 2080)',
  },
  { from: 1.2e17, to: 1.6e17, what: 'file times of Windows (100 ns since 1601)' },
];

function foundAdvice(least: number, latest: number, { unit }: EpochColumn): string | undefined {
  const [first, last] = [written(least, unit), written(latest, unit)];
  const numbers = `whole numbers ${first} to ${last}`;
  const compact = compactForms.find(([digits, format]) =>
    [first, last].every((value) => isCompact(value, digits, format)),
  );
  if (compact && (compact[0] === 10 || !isRecent(latest))) {
    return `${numbers} look like ${compact[2]} in digits; pass ${remedy('timeFormat', compact[1])}, or ${remedy('timeUnit', unit)} if they count since 1970`;
  }
  const turned = turnedForms.filter(([form]) => form.test(String(first)) && form.test(String(last)));
  if (turned.length > 0 && !isRecent(latest))
    return `${numbers} look like dates in digits; pass ${remedy('timeFormat', ...turned.map(([, format]) => format))}, or ${remedy('timeUnit', unit)} if they count since 1970`;
  const count = otherCounts.find(({ from, to }) => first >= from && last <= to)?.what;
  if (count !== undefined && !isRecent(latest))
    return `${numbers} look like ${count}: write dates in their place, or pass ${remedy('time', false)} if they count steps (the order of rows is then the time)`;
  if (unit === 'ns' && isTicks(least) && isTicks(latest))
    return `${numbers} look like ticks of .NET (100 ns since year 1): write them as dates, or pass ${remedy('timeUnit', unit)} if they count since 1970`;
  if (isRecent(latest)) return undefined;
  const since1970 = `read as ${unit} since 1970 they would end at ${formatTime(latest)}`;
  const step = `pass ${remedy('time', false)} if they count steps (the order of rows is then the time)`;
  if (unit === 's' && first > 0 && isRecent(epochTime(last, 'excel'))) {
    return `numbers ${first} to ${last}: ${since1970}; as serial dates of a spreadsheet they are ${formatTime(epochTime(first, 'excel'))} to ${formatTime(epochTime(last, 'excel'))}: pass ${remedy('timeUnit', 'excel')}, or ${step}`;
  }
  const asDays = unit === 's' && isRecent(last * 86_400_000);
  const days = asDays ? `as days since 1970 at ${formatTime(last * 86_400_000)}: write dates in their place; ` : '';
  return `${numbers}: ${since1970}; ${days}${step}, or ${remedy('timeUnit', unit)} if that is right`;
}

/** The number as it was written: what float64 adds behind the eighth digit is nobody's. */
function written(time: number, unit: TimeUnit): number {
  return Number(epochNumber(time, unit).toFixed(8));
}

/** Ticks of the years 1990 to 2060, taken for nanoseconds since 1970, fall into four months. */
function isTicks(time: number): boolean {
  return time > Date.UTC(1989, 10, 1) && time < Date.UTC(1990, 7, 1);
}

/** A number of so many digits that begins with a year, a month and a day. */
function isCompact(value: number, digits: number, format: string): boolean {
  const text = String(value);
  if (text.length !== digits || !/^\d+$/.test(text)) return false;
  const [year, month, day, hour] = [text.slice(0, 4), text.slice(4, 6), text.slice(6, 8), text.slice(8, 10)].map(
    Number,
  );
  if (digits === 7) return year! >= 1900 && year! < 2100 && Number(text.slice(4)) >= 1 && Number(text.slice(4)) <= 366;
  if (format === '%G%V') return year! >= 1900 && year! < 2100 && month! >= 1 && month! <= 53;
  const isDay = digits === 6 || (day! >= 1 && day! <= 31);
  return year! >= 1900 && year! < 2100 && month! >= 1 && month! <= 12 && isDay && (hour ?? 0) <= 24;
}
