import { checkBars } from '../bars/check-bars.ts';
import type { DataFinding } from '../report/data-report.ts';
import type { Roles } from '../roles/resolve-roles.ts';
import type { SourceTable } from '../source/source-table.ts';
import { beginOfPeriod } from '../time/begin-of-period.ts';
import { formatTime } from '../time/format-time.ts';
import { withClock, writeTimeAs } from '../time/time-form.ts';
import { applyTimezone } from './apply-timezone.ts';
import { assembleSeries } from './assemble-series.ts';
import { checkFinite, checkMissing, type NamedColumn, unusualColumns } from './check-cells.ts';
import { dropMissing } from './drop-missing.ts';
import { applyGapPolicy } from './gap-policy.ts';
import { orderRows } from './order-rows.ts';
import { type DistinctRows, meanOfGroups, resolveDuplicates } from './resolve-duplicates.ts';
import { findCalendar } from './series-calendar.ts';
import { pickCodes, pickNumbers, type SeriesColumns, targetEnds } from './series-columns.ts';
import type { SeriesOptions } from './series-options.ts';
import type { SeriesSet } from './series-set.ts';
import { findSourceZone } from './source-zone.ts';

/**
 * Makes series of a table: group by id, sort, duplicates, dropped rows, frequency, missing steps, empty and infinite
 * cells, in this order, each by its policy and each in the report. Where nothing is to be done nothing is copied.
 */
export function buildSeries(given: SourceTable, found: Roles, options: SeriesOptions): SeriesSet {
  const { source, roles } = found.targets.length > 0 ? { source: given, roles: found } : withoutTarget(given, found);
  const idColumn = roles.id === null ? null : source.texts.get(roles.id)!;
  const read = options.timezone === undefined ? source : applyTimezone(source, idColumn?.codes, options.timezone);
  const { form, notices } = findSourceZone(read, read !== source && !source.timeHasZone, options);
  const table: SourceTable = {
    ...read,
    notices: [...read.notices, ...notices, ...noteOfPeriods(read)],
    showTime: (time) => writeTimeAs(form, time),
  };
  const rows = orderRows(table, idColumn, nameTargets(roles.targets), options);
  const distinct = resolveDuplicates(table, rows, options);
  const all = pickColumns(table, roles, rows.ids, distinct, form.zone, options);
  const { columns: kept, finding: dropped } =
    options.missing === 'drop' ? dropMissing(all, roles.future.length > 0) : { columns: all, finding: null };
  const calendar = findCalendar(kept, options);
  const { columns, inserted, finding: gaps, rules, isRegular } = applyGapPolicy(kept, calendar, options);
  const ends = targetEnds(columns, roles.future.length > 0);
  const named = (names: readonly string[]): NamedColumn[] =>
    names.filter((name) => columns.numbers.has(name)).map((name) => ({ name, values: columns.numbers.get(name)! }));
  const observed = unusualColumns([
    ...roles.targets.map((name, index) => ({ name, values: columns.targets[index]!, isTarget: true })),
    ...named(roles.historic),
  ]);
  const ahead = unusualColumns(named([...roles.future, ...roles.static]));
  const missing = mergeFindings(
    checkMissing(columns, observed, ends, options, inserted),
    checkMissing(columns, ahead, columns.offsets.subarray(1), options, inserted),
  );
  const nonFinite = checkFinite(columns, [...observed, ...ahead], options);
  const bars = checkBars(table, idColumn?.codes);
  const findings = {
    unsorted: rows.unsorted,
    duplicates: distinct.finding,
    gaps,
    missing: mergeFindings(dropped, missing),
    nonFinite,
    ...(bars === undefined ? {} : { bars }),
  };
  const timeForm = withClock(form, calendar.frequency.unit, source.timeHasZone);
  return assembleSeries(columns, roles, { rules, timeForm, isRegular, ends, findings, options });
}

function noteOfPeriods({ timeColumn, timeTexts }: SourceTable): string[] {
  const isPeriods = timeTexts?.some((text) => beginOfPeriod(text) !== undefined);
  return isPeriods ? [`column '${timeColumn}' holds periods, read as the time at which they begin`] : [];
}

/** Without target every row is behind the last target, of which there is none. */
function withoutTarget(table: SourceTable, roles: Roles): { readonly source: SourceTable; readonly roles: Roles } {
  const name = '(no target)';
  const numbers = new Map([...table.numbers, [name, new Float64Array(table.rows).fill(Number.NaN)]]);
  return { source: { ...table, numbers }, roles: { ...roles, targets: [name] } };
}

function pickColumns(
  table: SourceTable,
  roles: Roles,
  ids: readonly string[],
  distinct: DistinctRows,
  zone: string | null,
  options: SeriesOptions,
): SeriesColumns {
  const { order, groupStarts, allRows } = distinct;
  const isMean = groupStarts !== null && options.duplicates === 'mean';
  const writes = options.nonFinite === 'mask' || ['forward', 'linear', 'zero'].includes(options.missing ?? '');
  const mustCopy = table.isShared && writes;
  const pick = (name: string) => {
    const column = table.numbers.get(name)!;
    if (isMean) return meanOfGroups(column, groupStarts, allRows!);
    return order === null && mustCopy ? column.slice() : pickNumbers(column, order);
  };
  const covariates = [...roles.historic, ...roles.future, ...roles.static];
  return {
    table,
    ids,
    offsets: distinct.offsets,
    time: table.time === null ? null : pickNumbers(table.time, order),
    zone,
    show: table.showTime ?? formatTime,
    targets: roles.targets.map(pick),
    numbers: new Map(covariates.filter((name) => table.numbers.has(name)).map((name) => [name, pick(name)])),
    codes: new Map(
      covariates
        .filter((name) => table.texts.has(name))
        .map((name) => [name, pickCodes(table.texts.get(name)!.codes, order)]),
    ),
    sourceRows: order,
  };
}

/** What a series without id is called. */
function nameTargets(targets: readonly string[]): string {
  return targets.length > 4 ? `${targets.slice(0, 3).join(', ')} … (${targets.length} columns)` : targets.join(', ');
}

function mergeFindings(one: DataFinding | null, two: DataFinding | null): DataFinding | null {
  if (one === null || two === null) return one ?? two;
  return { ...one, count: one.count + two.count, series: Math.max(one.series, two.series) };
}
