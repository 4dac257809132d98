import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import type { DataFinding, DataReport } from '../report/data-report.ts';
import type { Roles } from '../roles/resolve-roles.ts';
import { formatFrequency } from '../time/frequency.ts';
import type { TimeForm } from '../time/time-form.ts';
import type { TimeRule } from '../time/time-rule.ts';
import { type CovariateColumn, joinCovariates } from './covariates.ts';
import { doubtTimesAhead } from './doubt-times-ahead.ts';
import { doubtValues } from './doubt-values.ts';
import { linePlace } from './order-rows.ts';
import { type SeriesColumns, sourceRowOf } from './series-columns.ts';
import type { SeriesOptions } from './series-options.ts';
import { readingOf } from './series-reading.ts';
import { type SeriesSet, writeTime } from './series-set.ts';

/** What the policies found, for the report. */
export type Findings = Pick<DataReport, 'unsorted' | 'duplicates' | 'gaps' | 'missing' | 'nonFinite' | 'bars'>;

interface AssemblyPlan {
  readonly rules: readonly TimeRule[];
  readonly timeForm: TimeForm;
  /** Every time follows from the first of its series by its rule. */
  readonly isRegular: boolean;
  /** Row behind the last target of each series. */
  readonly ends: Float64Array;
  readonly findings: Findings;
  readonly options: SeriesOptions;
}

/** Joins clean columns into a set: one series per id, or one per id and target when there are several targets. */
export function assembleSeries(columns: SeriesColumns, roles: Roles, plan: AssemblyPlan): SeriesSet {
  const groups = columns.ids.length;
  const width = roles.targets.length;
  const rows = columns.offsets[groups]!;
  const ids: string[] = [];
  const offsets = new Float64Array(groups * width + 1);
  const lengths = new Float64Array(groups * width);
  const contextOffsets = new Float64Array(groups * width);
  const starts = new Float64Array(groups * width);
  const values = width === 1 ? columns.targets[0]! : new Float64Array(rows * width);
  const rules = width === 1 ? plan.rules : plan.rules.flatMap((rule) => Array.from({ length: width }, () => rule));
  const { levels } = plan.options;
  for (let group = 0; group < groups; group++) {
    const [start, end] = [columns.offsets[group]!, columns.offsets[group + 1]!];
    for (let target = 0; target < width; target++) {
      const series = ids.length;
      ids.push(
        width === 1
          ? columns.ids[group]!
          : groups === 1 && roles.id === null
            ? roles.targets[target]!
            : `${columns.ids[group]}/${roles.targets[target]}`,
      );
      offsets[series + 1] = offsets[series]! + end - start;
      lengths[series] = plan.ends[group]! - start;
      contextOffsets[series] = start;
      starts[series] = columns.time === null ? 0 : columns.time[start]!;
      if (width > 1) values.set(columns.targets[target]!.subarray(start, end), offsets[series]);
    }
  }
  const set = {
    ids,
    target: width === 1 ? roles.targets[0]! : 'value',
    frequency: rules[0]!.frequency,
    rules,
    timeForm: plan.timeForm,
    offsets,
    lengths,
    values,
    available: availability(values, offsets, lengths),
    starts,
    times: plan.isRegular ? null : columns.time,
    contextOffsets,
    historic: joinCovariates(columns.table.name, covariateColumns(columns, roles.historic), rows, levels),
    future: joinCovariates(columns.table.name, covariateColumns(columns, roles.future), rows, levels),
    static: joinCovariates(columns.table.name, staticColumns(columns, roles.static, width), groups * width, levels),
  };
  const reading = readingOf(roles, plan.options, plan.timeForm.zone, [set.historic, set.future, set.static]);
  return { ...set, report: writeReport(set, columns, roles, plan), reading };
}

function availability(values: Float64Array, offsets: Float64Array, lengths: Float64Array): Uint8Array | null {
  let available: Uint8Array | null = null;
  for (let series = 0; series < lengths.length; series++) {
    const end = offsets[series]! + lengths[series]!;
    for (let row = offsets[series]!; row < end; row++) {
      if (!Number.isNaN(values[row]!)) continue;
      available ??= new Uint8Array(values.length).fill(1);
      available[row] = 0;
    }
  }
  return available;
}

function covariateColumns(columns: SeriesColumns, names: readonly string[]): CovariateColumn[] {
  return names.map((name) => {
    const numbers = columns.numbers.get(name);
    return numbers
      ? { name, numbers }
      : { name, codes: columns.codes.get(name)!, names: columns.table.texts.get(name)!.names };
  });
}

/** One value per series: the column must not vary within one. */
function staticColumns(columns: SeriesColumns, names: readonly string[], width: number): CovariateColumn[] {
  return covariateColumns(columns, names).map((column) => {
    const cells = 'numbers' in column ? column.numbers : column.codes;
    const picked = new Float64Array(columns.ids.length * width);
    for (let group = 0; group < columns.ids.length; group++) {
      const start = columns.offsets[group]!;
      for (let row = start + 1; row < columns.offsets[group + 1]!; row++) {
        if (cells[row] === cells[start]) continue;
        const place = `series '${columns.ids[group]}'${linePlace(columns.table, sourceRowOf(columns, row))}`;
        const message = `${columns.table.name}: static covariate '${column.name}' changes within ${place}; make it one that may change (${remedy('historic', [column.name])} or ${remedy('future', [column.name])}), or correct it.`;
        throw new DataError('data/static-varies', message, {
          file: columns.table.name,
          column: column.name,
          series: columns.ids[group]!,
        });
      }
      picked.fill(cells[start]!, group * width, (group + 1) * width);
    }
    return 'numbers' in column ? { ...column, numbers: picked } : { ...column, codes: Int32Array.from(picked) };
  });
}

function writeReport(
  set: Omit<SeriesSet, 'report' | 'reading'>,
  columns: SeriesColumns,
  roles: Roles,
  plan: AssemblyPlan,
): DataReport {
  const { table, time, offsets } = columns;
  const total = set.lengths.reduce((sum, length) => sum + length, 0);
  const firstTime = time === null ? null : set.starts.reduce((least, start) => Math.min(least, start), Infinity);
  const hasSteps = plan.ends.some((end, group) => end > offsets[group]!);
  const lastTime =
    time === null || !hasSteps
      ? null
      : plan.ends.reduce(
          (most, end, group) => (end > offsets[group]! ? Math.max(most, time[end - 1]!) : most),
          -Infinity,
        );
  const shortest = set.lengths.reduce((least, length) => Math.min(least, length), Infinity);
  return {
    source: table.name,
    format: table.format,
    rowsRead: table.rowsRead,
    rowsRejected: table.rowsRejected,
    rejected: table.rejected,
    columns: {
      time: roles.time,
      id: roles.id,
      targets: roles.targets,
      historic: roles.historic,
      future: roles.future,
      static: roles.static,
      unused: table.unusedColumns.filter((name) => name !== ''),
    },
    series: set.ids.length,
    shortestSeries: shortest,
    shortestId: set.ids[set.lengths.indexOf(shortest)]!,
    longestSeries: set.lengths.reduce((most, length) => Math.max(most, length), 0),
    timeSteps: total,
    frequency: formatFrequency(set.frequency),
    firstTime: firstTime === null ? null : writeTime(set, firstTime),
    lastTime: lastTime === null ? null : writeTime(set, lastTime),
    ...plan.findings,
    ends: lastTime === null ? null : findEarlyEnds(set, columns, plan, lastTime),
    constant: findConstant(set),
    futureRows: set.values.length - total,
    notices: [
      ...table.notices,
      ...doubtValues(columns, roles.targets),
      ...(plan.isRegular ? [] : doubtTimesAhead(columns, plan.rules)),
    ],
  };
}

/** Series that end before the last time of the set: their forecasts begin earlier. */
function findEarlyEnds(
  set: Omit<SeriesSet, 'report' | 'reading'>,
  { ids, offsets, time }: SeriesColumns,
  { ends }: AssemblyPlan,
  lastTime: number,
): DataFinding | null {
  const early = ids.flatMap((id, group) => {
    const end = ends[group]!;
    return end > offsets[group]! && time![end - 1]! < lastTime ? [{ id, last: time![end - 1]! }] : [];
  });
  if (early.length === 0) return null;
  const first = `series '${early[0]!.id}' at ${writeTime(set, early[0]!.last)}`;
  return { count: early.length, series: early.length, first, action: 'kept; each is forecast from its own end' };
}

/** Series whose target never changes: nothing can be learned from them, and scalers give their constant back. */
export function findConstant(set: Pick<SeriesSet, 'ids' | 'values' | 'offsets' | 'lengths'>): DataFinding | null {
  let count = 0;
  let first: string | null = null;
  for (let series = 0; series < set.ids.length; series++) {
    const start = set.offsets[series]!;
    const end = start + set.lengths[series]!;
    let row = start + 1;
    while (row < end && (set.values[row] === set.values[start] || Number.isNaN(set.values[row]!))) row++;
    if (row < end || end === start) continue;
    count++;
    first ??= `series '${set.ids[series]}'`;
  }
  return count === 0 ? null : { count, series: count, first, action: 'kept' };
}
