import type { DataFault } from '../data-error.ts';
import { printable } from '../printable.ts';

/** Something that was found in the data, how often, where first, and what was done about it. */
export interface DataFinding {
  readonly count: number;
  readonly series: number;
  readonly first: string | null;
  readonly action: string;
}

/** A rule that price bars keep, and where it is broken. */
export interface BarFinding extends DataFinding {
  readonly rule: string;
}

/** An account of what was read and what was done to it. Plain JSON. */
export interface DataReport {
  readonly source: string;
  readonly format: string;
  readonly rowsRead: number;
  readonly rowsRejected: number;
  /** The first few rejected rows. */
  readonly rejected: readonly DataFault[];
  readonly columns: {
    readonly time: string | null;
    readonly id: string | null;
    readonly targets: readonly string[];
    readonly historic: readonly string[];
    readonly future: readonly string[];
    readonly static: readonly string[];
    readonly unused: readonly string[];
  };
  readonly series: number;
  readonly shortestSeries: number;
  /** Id of the (first) shortest series. */
  readonly shortestId: string;
  readonly longestSeries: number;
  readonly timeSteps: number;
  readonly frequency: string;
  readonly firstTime: string | null;
  readonly lastTime: string | null;
  readonly unsorted: DataFinding | null;
  readonly duplicates: DataFinding | null;
  readonly gaps: DataFinding | null;
  readonly missing: DataFinding | null;
  readonly nonFinite: DataFinding | null;
  /** Series that end before the last time. */
  readonly ends: DataFinding | null;
  /** Series whose target never changes. */
  readonly constant: DataFinding | null;
  /** What cannot be in price bars, where the source has open, high, low and close; empty when all are in order. */
  readonly bars?: readonly BarFinding[];
  /** Rows behind the last target that hold covariates known ahead. */
  readonly futureRows: number;
  readonly notices: readonly string[];
}

/** The report as short lines for people, findings last. */
export function renderReport(report: DataReport): string[] {
  const { columns } = report;
  const roles = [
    `time ${columns.time ?? '(row order)'}`,
    ...(columns.id === null ? [] : [`id ${columns.id}`]),
    `target ${columns.targets.join(', ')}`,
    ...(['historic', 'future', 'static'] as const)
      .filter((role) => columns[role].length > 0)
      .map((role) => `${role} ${columns[role].join(', ')}`),
    ...(columns.unused.length === 0 ? [] : [`unused ${someOf(columns.unused)}`]),
  ];
  const lengths =
    report.shortestSeries === report.longestSeries
      ? `${report.longestSeries}`
      : `${report.shortestSeries} (${report.shortestId}) to ${report.longestSeries}`;
  const span = report.firstTime === null ? '' : `, ${report.firstTime} to ${report.lastTime}`;
  return [
    `${report.source}: ${report.rowsRead} rows read, ${report.rowsRejected} rejected (${report.format})`,
    `columns: ${roles.join('; ')}`,
    `${report.series} series of ${lengths} time steps, frequency ${report.frequency}${span}`,
    ...report.rejected.map(
      (fault) => `rejected: ${fault.line === undefined ? `row ${fault.row}` : `line ${fault.line}`}: ${fault.reason}`,
    ),
    ...(['unsorted', 'duplicates', 'gaps', 'missing', 'nonFinite', 'ends', 'constant'] as const).flatMap((name) =>
      renderFinding(name, report[name]),
    ),
    ...(report.bars ?? []).map(
      ({ rule, count, series, first, action }) =>
        `price bars, ${rule}: ${count} in ${series} series, first ${first}: ${action}`,
    ),
    ...(report.futureRows === 0
      ? []
      : [`${report.futureRows} rows behind the last target hold known-future covariates`]),
    ...report.notices,
  ].map(printable);
}

const mostNames = 10;

/** Wide files have thousands of columns: who reads the report wants to see the lines behind them. */
function someOf(names: readonly string[]): string {
  const more = names.length - mostNames;
  return more > 1 ? `${names.slice(0, mostNames).join(', ')} and ${more} more` : names.join(', ');
}

const titles = {
  unsorted: 'out of order',
  duplicates: 'duplicate times',
  gaps: 'missing time steps',
  missing: 'missing values',
  nonFinite: 'infinite values',
  ends: 'series that end early',
  constant: 'constant series',
} as const;

function renderFinding(name: keyof typeof titles, finding: DataFinding | null): string[] {
  if (finding === null) return [];
  const place = finding.first === null ? '' : `, first ${finding.first}`;
  return [`${titles[name]}: ${finding.count} in ${finding.series} series${place}: ${finding.action}`];
}
