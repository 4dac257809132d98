import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import { describeFrequencies, findFrequency, hasNoWeekend, smallestStep } from '../time/find-frequency.ts';
import { type Frequency, fixedUnits, formatFrequency, monthUnits, parseFrequency } from '../time/frequency.ts';
import { zoneOf } from '../time/local-time.ts';
import { findMonthDay, fitsPlace } from '../time/month-day.ts';
import { stepsByRule, type TimeRule } from '../time/time-rule.ts';
import { weekRule } from '../time/week-anchor.ts';
import type { SeriesColumns } from './series-columns.ts';
import type { SeriesOptions } from './series-options.ts';

const day = 86_400_000;
const row: TimeRule = { frequency: { unit: 'row', count: 1 } };

/** The frequency of all series, the rule of each, and the times in which steps are counted. */
export interface SeriesCalendar {
  readonly frequency: Frequency;
  /** `[series]`; series that go on alike share the object. */
  readonly rules: readonly TimeRule[];
  /** `[rows]` local times where days are counted, else the instants themselves. */
  readonly time: Float64Array;
}

/** Finds the frequency that all series have in common (or takes it as told) and the rule of each. */
export function findCalendar(columns: SeriesColumns, options: SeriesOptions): SeriesCalendar {
  const { ids, offsets } = columns;
  if (columns.time === null) return { frequency: row.frequency, rules: ids.map(() => row), time: new Float64Array() };
  const told = options.frequency ?? columns.table.declaredFrequency;
  const toldFrequency = told === undefined ? undefined : parseFrequency(told);
  const zone = countsDays(columns, columns.time, toldFrequency) ? columns.zone : null;
  const time = localTimes(columns.time, zone);
  const frequency = toldFrequency ?? commonFrequency(columns, time);
  const base: TimeRule = zone === null || zone === 'Z' ? { frequency } : { frequency, zone };
  const isMonthly = monthUnits[frequency.unit] !== undefined;
  const isWeekly = frequency.unit === 'week';
  if (!isMonthly && !isWeekly) return { frequency, rules: ids.map(() => base), time };
  const find = isMonthly ? monthRule : weekRule;
  const found = ids.map((_, series) => find(base, time, offsets[series]!, offsets[series + 1]!));
  return { frequency, rules: shareRules(found, time, columns), time };
}

/** The local times of some instants; the same array where there is nothing to add. */
export function localTimes(time: Float64Array, zone: string | null): Float64Array {
  if (zone === null || zone === 'Z') return time;
  const { toLocal } = zoneOf(zone);
  return time.map((instant) => toLocal(instant));
}

/** Whether steps are days or longer: 23 hours are a day when clocks are put forward. */
function countsDays(columns: SeriesColumns, time: Float64Array, told: Frequency | undefined): boolean {
  if (told) {
    const fixed = fixedUnits[told.unit];
    return fixed === undefined || fixed >= day;
  }
  return columns.ids.every(
    (_, series) => smallestStep(time, columns.offsets[series]!, columns.offsets[series + 1]!) >= 22 * 3_600_000,
  );
}

function commonFrequency(columns: SeriesColumns, time: Float64Array): Frequency {
  const { offsets, ids, table } = columns;
  const all = ids.map((_, series) => findFrequency(time, offsets[series]!, offsets[series + 1]!));
  const usual = mostCommon(all);
  if (usual === null) throw tooFewRows(columns);
  if (usual.unit === 'month' && usual.count === 13) throw yearSpans(columns);
  const isOnGrid = (series: number) => {
    for (let k = offsets[series]! + 1; k < offsets[series + 1]!; k++)
      if (Number.isNaN(stepsByRule(time[k - 1]!, time[k]!, { frequency: usual, day: { day: 31 } }))) return false;
    return true;
  };
  // Two or three rows say little of their own: where they fit the frequency of the others, they have it.
  const found = all.map((frequency, series) =>
    frequency !== null && offsets[series + 1]! - offsets[series]! < 4 && isOnGrid(series) ? usual : frequency,
  );
  const names = new Set(found.filter((frequency) => frequency !== null).map(formatFrequency));
  if (names.size === 1) return usual;
  const business = found.find((frequency) => frequency?.unit === 'business-day');
  if (business && names.size === 2 && names.has('day')) {
    const isWeekly = found.every(
      (frequency, series) => frequency?.unit !== 'day' || hasNoWeekend(time, offsets[series]!, offsets[series + 1]!),
    );
    if (isWeekly) return business;
  }
  const message = `${table.name}: series have different frequencies: ${describeFrequencies(found)}; say which one holds (${remedy('frequency')}), or read them apart.`;
  throw new DataError('data/frequency', message, { file: table.name });
}

function mostCommon(found: readonly (Frequency | null)[]): Frequency | null {
  const counts = new Map<string, { frequency: Frequency; count: number }>();
  for (const frequency of found) {
    if (frequency === null) continue;
    const name = formatFrequency(frequency);
    const entry = counts.get(name) ?? { frequency, count: 0 };
    entry.count++;
    counts.set(name, entry);
  }
  return (
    [...counts.values()].reduce<{ frequency: Frequency; count: number } | null>(
      (best, entry) => (best === null || entry.count > best.count ? entry : best),
      null,
    )?.frequency ?? null
  );
}

function tooFewRows({ table, ids, offsets }: SeriesColumns): DataError {
  const rows = offsets[ids.length]!;
  const found = rows === 1 ? 'there is only one row' : `no series has two rows (${rows} rows in ${ids.length} series)`;
  const advice = ids.length > 1 ? `; is ${remedy('id')} the column that names the series?` : '.';
  return new DataError(
    'data/too-short',
    `${table.name}: too few rows: ${found}, and a series needs at least two time steps to go on from${advice}`,
    { file: table.name, count: rows },
  );
}

/** `2000/01`, `2001/02` are years of a budget or a school, and read as months thirteen of them apart. */
function yearSpans({ table, show, time }: SeriesColumns): DataError {
  const [first, second] = [show(time![0]!), show(time![1]!)];
  const message = `${table.name}: times are 13 months apart (${first}, ${second}): if they are spans of two years, write the first year of each alone; else pass ${remedy('frequency', '13 months')}.`;
  return new DataError('data/frequency', message, { file: table.name });
}

function monthRule(base: TimeRule, time: Float64Array, start: number, end: number): TimeRule {
  return { ...base, day: findMonthDay(time, start, end).place };
}

/** Rules that are alike become one object; a series that the rule of most rows reproduces has that one. */
function shareRules(found: readonly TimeRule[], time: Float64Array, { offsets }: SeriesColumns): TimeRule[] {
  const byText = new Map<string, { rule: TimeRule; count: number }>();
  const keys = found.map((rule) => JSON.stringify(rule));
  for (const [series, key] of keys.entries()) {
    const entry = byText.get(key) ?? { rule: found[series]!, count: 0 };
    entry.count += offsets[series + 1]! - offsets[series]!;
    byText.set(key, entry);
  }
  const usual = [...byText.values()].reduce((best, entry) => (entry.count > best.count ? entry : best)).rule;
  return keys.map((key, series) => {
    const { rule } = byText.get(key)!;
    if (rule === usual || rule.day === undefined) return rule;
    return fitsPlace(time, offsets[series]!, offsets[series + 1]!, usual.day!) ? usual : rule;
  });
}
