import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import type { DataFinding } from '../report/data-report.ts';
import { fixedUnits, formatFrequency } from '../time/frequency.ts';
import { fixedOffset } from '../time/local-time.ts';
import { advanceByRule, type TimeRule } from '../time/time-rule.ts';
import { countSlots } from '../time/week-sessions.ts';
import { fillCells, insertSteps } from './fill-gaps.ts';
import { describeGap, type GapSurvey, surveyGaps } from './find-gaps.ts';
import { findSessionRules } from './find-session-rules.ts';
import { placeOf, rowOf } from './order-rows.ts';
import type { SeriesCalendar } from './series-calendar.ts';
import { type SeriesColumns, seriesOfRow, sourceRowOf } from './series-columns.ts';
import type { SeriesOptions } from './series-options.ts';

/** Columns after the policy for missing steps. */
export interface GapOutcome {
  readonly columns: SeriesColumns;
  readonly inserted: Uint8Array | undefined;
  readonly finding: DataFinding | null;
  readonly rules: readonly TimeRule[];
  /** Every time follows from the first of its series by its rule. */
  readonly isRegular: boolean;
}

/** Applies `gaps`: an error, the order of rows, or inserted and filled steps. */
export function applyGapPolicy(columns: SeriesColumns, calendar: SeriesCalendar, options: SeriesOptions): GapOutcome {
  const nothing = { columns, inserted: undefined, finding: null, rules: calendar.rules };
  if (columns.time === null) return { ...nothing, isRegular: true };
  const survey = surveyGaps(columns, calendar);
  if (survey.gapCount === 0) return { ...nothing, isRegular: followsRules(columns, calendar) };
  const policy = options.gaps ?? 'auto';
  const first = describeGap(columns, calendar, survey.firstRow);
  const found = { count: survey.missingSteps, series: survey.affectedSeries, first };
  // Sessions: what is no gap for a market that closes at night.
  const market = policy === 'error' ? null : findSessionRules(columns, calendar);
  const judged = market === null ? survey : surveyGaps(columns, market);
  const kept = market ?? calendar;
  if (policy === 'rowOrder' || (policy === 'auto' && (judged.gapCount === 0 || judged.areClosures))) {
    const closures =
      market === null || calendar.frequency.unit === 'day' ? 'weekends or holidays' : 'nights, weekends or holidays';
    const action = policy === 'rowOrder' ? 'order of rows kept' : `they are ${closures}; order of rows kept`;
    return { ...nothing, finding: { ...found, action }, rules: kept.rules, isRegular: false };
  }
  if (policy === 'auto')
    throw gapError(columns, kept, judged, judged.firstUnexplained >= 0 ? judged.firstUnexplained : judged.firstRow);
  if (policy === 'error') throw gapError(columns, calendar, survey, survey.firstRow);
  if (survey.firstOffGrid >= 0) throw offGridError(columns, calendar, survey.firstOffGrid);
  // Where every day is open only in part, nights are no missing steps; a weekend alone may be a sensor's.
  const plan = market?.rules.every(closesAtNight) ? market : calendar;
  const wide = insertSteps(columns, plan);
  for (const cell of [...wide.targets, ...wide.numbers.values()]) {
    for (let series = 0; series < wide.ids.length; series++) {
      fillCells(cell, wide.offsets[series]!, wide.offsets[series + 1]!, policy, wide.inserted);
    }
  }
  const action =
    policy === 'mask'
      ? 'inserted, masked as not available'
      : `inserted, filled ${policy === 'zero' ? 'with zero' : policy}`;
  const finding = plan === calendar ? found : { ...found, count: judged.missingSteps, series: judged.affectedSeries };
  const isRegular = followsRules(wide, plan);
  return { columns: wide, inserted: wide.inserted, finding: { ...finding, action }, rules: plan.rules, isRegular };
}

function closesAtNight({ sessions }: TimeRule): boolean {
  if (sessions === undefined) return false;
  return sessions.days.every((ranges) => countSlots(ranges, sessions.step) < Math.floor(86_400_000 / sessions.step));
}

/** Whether the rules give back every time, so that none has to be kept. Steps of a fixed length have been looked at. */
function followsRules(columns: SeriesColumns, { frequency, rules }: SeriesCalendar): boolean {
  const isPlain = ({ zone, anchor, sessions }: TimeRule) =>
    anchor === undefined && sessions === undefined && (zone === undefined || fixedOffset(zone) !== undefined);
  if ((fixedUnits[frequency.unit] !== undefined || frequency.unit === 'business-day') && rules.every(isPlain))
    return true;
  for (let series = 0; series < rules.length; series++) {
    const rule = rules[series]!;
    const [start, end] = [columns.offsets[series]!, columns.offsets[series + 1]!];
    const first = columns.time![start]!;
    for (let row = start; row < end; row++)
      if (advanceByRule(first, rule, row - start) !== columns.time![row]) return false;
  }
  return true;
}

function gapError(columns: SeriesColumns, calendar: SeriesCalendar, survey: GapSurvey, at: number): DataError {
  const row = sourceRowOf(columns, at);
  const line = columns.table.lineOf(row);
  const place = placeOf(columns.table, row);
  const extent = `${survey.gapCount} gap${survey.gapCount === 1 ? '' : 's'} in ${survey.affectedSeries} of ${columns.ids.length} series`;
  const advice =
    strayHint(columns, at) ??
    clockChangeHint(columns, at) ??
    zoneHint(columns, calendar, survey, at) ??
    adviceFor(survey);
  const message = `${columns.table.name}: ${place}: ${describeGap(columns, calendar, at)}; ${extent}; ${advice}.`;
  return new DataError('data/gap', message, {
    file: columns.table.name,
    row: rowOf(columns.table, row),
    series: columns.ids[seriesOfRow(columns.offsets, at)]!,
    time: columns.show(columns.time![at]!),
    count: survey.missingSteps,
    ...(line === undefined ? {} : { line }),
  });
}

/**
 * One missing hour on a Sunday night of spring, in times without offset, is a clock change and not a gap; so is the last
 * hour of that Sunday, where hours are counted.
 */
function clockChangeHint(columns: SeriesColumns, row: number): string | undefined {
  const [before, after] = [new Date(columns.time![row - 1]!), new Date(columns.time![row]!)];
  const [dayOfWeek, hour] = [after.getUTCDay(), after.getUTCHours()];
  const isNight = (dayOfWeek === 0 && hour <= 4) || (dayOfWeek === 1 && hour <= 1 && before.getUTCHours() > 20);
  const isSpring = isNight && [2, 3, 8, 9].includes(after.getUTCMonth());
  if (columns.table.timeHasZone || !isSpring || after.getTime() - before.getTime() > 3 * 3_600_000) return undefined;
  return `this looks like the change to summer time in local times; pass ${remedy('timezone', 'Europe/Berlin')} (or what their zone is) to read them as instants`;
}

/** Days and hours of an exchange move in UTC when clocks do: only in their own zone are they the same all year. */
function zoneHint(
  columns: SeriesColumns,
  { frequency }: SeriesCalendar,
  survey: GapSurvey,
  row: number,
): string | undefined {
  if (columns.zone !== 'Z') return undefined;
  const step = (fixedUnits[frequency.unit] ?? Infinity) * frequency.count;
  const hours = (columns.time![row]! - columns.time![row - 1]!) / 3_600_000;
  if (step >= 86_400_000 && hasTwoClocks(columns.time!))
    return `if these are days of a zone, whose clocks were changed, pass ${remedy('timezone', 'Europe/Berlin')} (or what the zone is); else ${adviceFor(survey)}`;
  if (step >= 86_400_000 || hours < 4) return undefined;
  return `if these are the hours of an exchange, pass ${remedy('timezone', 'America/New_York')} (or what its zone is), in which nights can be told from gaps; else ${adviceFor(survey)}`;
}

/** Midnights of a zone are two clock times of UTC, an hour apart (half an hour on Lord Howe Island). */
function hasTwoClocks(time: Float64Array): boolean {
  const day = 86_400_000;
  const clocks = new Set<number>();
  for (let row = 0; row < time.length && clocks.size < 3; row++) clocks.add(((time[row]! % day) + day) % day);
  if (clocks.size !== 2) return false;
  const [one, two] = [...clocks] as [number, number];
  const apart = Math.min(Math.abs(one - two), day - Math.abs(one - two));
  return apart <= 2 * 3_600_000;
}

/** 9999-12-31 behind the last day of a series or 1970-01-01 before its first: an order of rows would go on from it. */
function strayHint({ time, offsets, show }: SeriesColumns, row: number): string | undefined {
  const series = seriesOfRow(offsets, row);
  const [start, end] = [offsets[series]!, offsets[series + 1]!];
  const [first, before, after, last] = [time![start]!, time![row - 1]!, time![row]!, time![end - 1]!];
  const gap = after - before;
  const stray =
    row === end - 1 && gap > 20 * (before - first)
      ? after
      : row === start + 1 && gap > 20 * (last - after)
        ? before
        : undefined;
  if (stray === undefined || end - start < 4) return undefined;
  return `${show(stray)} is far from all the others: correct it, or leave its row out of the file`;
}

/** Steps can be inserted only where every time is on the grid. */
function adviceFor({ firstOffGrid }: GapSurvey): string {
  const keep = `pass ${remedy('gaps', 'rowOrder')} to go by the order of rows`;
  if (firstOffGrid >= 0) return keep;
  return `${keep}, or ${remedy('gaps', 'forward', 'linear', 'zero', 'mask')} to insert the missing steps`;
}

function offGridError(columns: SeriesColumns, calendar: SeriesCalendar, row: number): DataError {
  const source = sourceRowOf(columns, row);
  const line = columns.table.lineOf(source);
  const place = placeOf(columns.table, source);
  const message = `${columns.table.name}: ${place}: ${describeGap(columns, calendar, row)}: the time is not a multiple of ${formatFrequency(calendar.frequency)} after the one before it, so steps cannot be inserted; pass another one (${remedy('frequency')}), or ${remedy('gaps', 'rowOrder')}.`;
  return new DataError('data/frequency', message, {
    file: columns.table.name,
    row: rowOf(columns.table, source),
    ...(line === undefined ? {} : { line }),
  });
}
