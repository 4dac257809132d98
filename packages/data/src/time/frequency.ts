import { DataError } from '../data-error.ts';

/** Units of time between the steps of a series; `row` means that only the order of rows is known. */
export type FrequencyUnit =
  | 'microsecond'
  | 'millisecond'
  | 'second'
  | 'minute'
  | 'hour'
  | 'day'
  | 'business-day'
  | 'week'
  | 'month'
  | 'quarter'
  | 'year'
  | 'row';

/** The distance between two steps: `count` units. */
export interface Frequency {
  readonly unit: FrequencyUnit;
  readonly count: number;
}

/** Milliseconds of the units that always last equally long (days are UTC days). */
export const fixedUnits: Readonly<Partial<Record<FrequencyUnit, number>>> = {
  microsecond: 0.001,
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/** Months of the calendar units. */
export const monthUnits: Readonly<Partial<Record<FrequencyUnit, number>>> = { month: 1, quarter: 3, year: 12 };

const spellings: Readonly<Record<string, FrequencyUnit>> = {
  us: 'microsecond',
  microsecond: 'microsecond',
  ms: 'millisecond',
  millisecond: 'millisecond',
  s: 'second',
  sec: 'second',
  second: 'second',
  min: 'minute',
  t: 'minute',
  minute: 'minute',
  h: 'hour',
  hour: 'hour',
  hourly: 'hour',
  d: 'day',
  day: 'day',
  daily: 'day',
  b: 'business-day',
  'business-day': 'business-day',
  w: 'week',
  week: 'week',
  weekly: 'week',
  m: 'month',
  me: 'month',
  month: 'month',
  monthly: 'month',
  q: 'quarter',
  quarter: 'quarter',
  quarterly: 'quarter',
  y: 'year',
  a: 'year',
  year: 'year',
  yearly: 'year',
  row: 'row',
};

/**
 * Reads a frequency: a unit (`hour`, `business-day`, `month` …), a short form of pandas (`h`, `min`, `D`, `B`, `W`, `M`,
 * `Q`, `Y`) or either with a count in front (`15 minutes`, `4h`).
 *
 * @throws DataError `data/bad-option` for any other text
 */
export function parseFrequency(text: string): Frequency {
  const match = /^\s*(\d*)[\s_]*([A-Za-z-]+?)(s?)\s*$/.exec(text);
  const count = match?.[1] ? Number(match[1]) : 1;
  const word = (match?.[2] ?? '').toLowerCase();
  const unit = spellings[word + (match?.[3] ?? '')] ?? spellings[word];
  if (unit && count >= 1) return { unit, count };
  const message = `frequency: '${text}' is not a frequency; write for example 'hour', '15 minutes', 'day', 'business-day', 'week', 'month', 'quarter' or 'year'.`;
  throw new DataError('data/bad-option', message, { option: 'frequency', value: text });
}

/** `{ unit: 'minute', count: 15 }` → `15 minutes`. */
export function formatFrequency(frequency: Frequency): string {
  return frequency.count === 1 ? frequency.unit : `${frequency.count} ${frequency.unit}s`;
}
