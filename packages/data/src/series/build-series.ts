import type { DataFinding } from '../report/data-report.ts';
import type { Roles } from '../roles/resolve-roles.ts';
import type { SourceTable } from '../source/source-table.ts';
import { applyTimezone } from './apply-timezone.ts';
import { assembleSeries } from './assemble-series.ts';
import { checkFinite, checkMissing, type NamedColumn, unusualColumns } from './check-cells.ts';
import { commonFrequency } from './find-gaps.ts';
import { applyGapPolicy } from './gap-policy.ts';
import { orderRows } from './order-rows.ts';
import { type DistinctRows, meanOfGroups, resolveDuplicates } from './resolve-duplicates.ts';
import { pickCodes, pickNumbers, type SeriesColumns } from './series-columns.ts';
import type { SeriesOptions } from './series-options.ts';
import type { SeriesSet } from './series-set.ts';

/**
 * Makes series of a table: group by id, sort, duplicates, dropped rows, frequency, missing steps, empty and infinite
 * cells, in this order, each by its policy and each in the report. Where nothing is to be done nothing is copied.
 */
export function buildSeries(source: SourceTable, roles: Roles, options: SeriesOptions): SeriesSet {
  const idColumn = roles.id === null ? null : source.texts.get(roles.id)!;
  const table = options.timezone === undefined ? source : applyTimezone(source, idColumn?.codes, options.timezone);
  const rows = orderRows(table, idColumn, nameTargets(roles.targets), options);
  const distinct = resolveDuplicates(table, rows, options);
  const all = pickColumns(table, roles, rows.ids, distinct, options);
  const { columns: kept, finding: dropped } =
    options.missing === 'drop' ? dropMissing(all) : { columns: all, finding: null };
  const frequency = commonFrequency(kept, options);
  const { columns, inserted, finding: gaps, isRegular } = applyGapPolicy(kept, frequency, options);
  const ends = targetEnds(columns, roles.future.length > 0);
  const named = (names: readonly string[]): NamedColumn[] =>
    names.filter((name) => columns.numbers.has(name)).map((name) => ({ name, values: columns.numbers.get(name)! }));
  const observed = unusualColumns([
    ...roles.targets.map((name, index) => ({ name, values: columns.targets[index]! })),
    ...named(roles.historic),
  ]);
  const ahead = unusualColumns(named([...roles.future, ...roles.static]));
  const missing = mergeFindings(
    checkMissing(columns, observed, ends, options, inserted),
    checkMissing(columns, ahead, columns.offsets.subarray(1), options, inserted),
  );
  const nonFinite = checkFinite(columns, [...observed, ...ahead], options);
  const findings = {
    unsorted: rows.unsorted,
    duplicates: distinct.finding,
    gaps,
    missing: mergeFindings(dropped, missing),
    nonFinite,
  };
  return assembleSeries(columns, roles, { frequency, isRegular, ends, findings, levels: options.levels ?? {} });
}

function pickColumns(
  table: SourceTable,
  roles: Roles,
  ids: readonly string[],
  distinct: DistinctRows,
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

/** Leaves out the rows in which a target is empty. */
function dropMissing(columns: SeriesColumns): { columns: SeriesColumns; finding: DataFinding | null } {
  const total = columns.offsets[columns.offsets.length - 1]!;
  const kept = new Uint32Array(total);
  const offsets = new Float64Array(columns.offsets.length);
  let count = 0;
  let affected = 0;
  for (let series = 0; series < columns.ids.length; series++) {
    const before = columns.offsets[series]! - (series === 0 ? 0 : offsets[series]!);
    for (let row = columns.offsets[series]!; row < columns.offsets[series + 1]!; row++) {
      if (columns.targets.every((target) => !Number.isNaN(target[row]!))) kept[count++] = row;
    }
    offsets[series + 1] = count;
    if (columns.offsets[series + 1]! - count !== before) affected++;
  }
  if (count === total) return { columns, finding: null };
  const order = kept.slice(0, count);
  const sources = columns.sourceRows;
  const dropped: SeriesColumns = {
    ...columns,
    offsets,
    time: columns.time === null ? null : pickNumbers(columns.time, order),
    targets: columns.targets.map((target) => pickNumbers(target, order)),
    numbers: new Map([...columns.numbers].map(([name, column]) => [name, pickNumbers(column, order)])),
    codes: new Map([...columns.codes].map(([name, column]) => [name, pickCodes(column, order)])),
    sourceRows: sources === null ? order : order.map((row) => sources[row]!),
  };
  return {
    columns: dropped,
    finding: { count: total - count, series: affected, first: null, action: 'rows left out' },
  };
}

/** Row behind the last target of each series: later rows hold covariates that are known ahead. */
function targetEnds(columns: SeriesColumns, hasFuture: boolean): Float64Array {
  const ends = columns.offsets.slice(1);
  if (!hasFuture) return ends;
  for (let series = 0; series < ends.length; series++) {
    const start = columns.offsets[series]!;
    while (ends[series]! > start && columns.targets.every((target) => Number.isNaN(target[ends[series]! - 1]!)))
      ends[series]!--;
  }
  return ends;
}

function mergeFindings(one: DataFinding | null, two: DataFinding | null): DataFinding | null {
  if (one === null || two === null) return one ?? two;
  return { ...one, count: one.count + two.count, series: Math.max(one.series, two.series) };
}
