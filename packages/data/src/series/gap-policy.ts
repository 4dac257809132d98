import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import type { DataFinding } from '../report/data-report.ts';
import { formatTime } from '../time/format-time.ts';
import { type Frequency, formatFrequency } from '../time/frequency.ts';
import { fillCells, insertSteps } from './fill-gaps.ts';
import { describeGap, type GapSurvey, surveyGaps } from './find-gaps.ts';
import { placeOf } from './order-rows.ts';
import { type SeriesColumns, seriesOfRow, sourceRowOf } from './series-columns.ts';
import type { SeriesOptions } from './series-options.ts';

/** Columns after the policy for missing steps; `isRegular` = every step is on the grid of the frequency. */
export interface GapOutcome {
  readonly columns: SeriesColumns;
  readonly inserted: Uint8Array | undefined;
  readonly finding: DataFinding | null;
  readonly isRegular: boolean;
}

/** Applies `gaps`: an error, the order of rows, or inserted and filled steps. */
export function applyGapPolicy(columns: SeriesColumns, frequency: Frequency, options: SeriesOptions): GapOutcome {
  const nothing = { columns, inserted: undefined, finding: null };
  if (columns.time === null) return { ...nothing, isRegular: true };
  const survey = surveyGaps(columns, frequency);
  if (survey.gapCount === 0) return { ...nothing, isRegular: true };
  const policy = options.gaps ?? 'auto';
  const keepsRows = policy === 'rowOrder' || (policy === 'auto' && survey.isMarketCalendar);
  const first = describeGap(columns, frequency, survey.firstRow);
  const found = { count: survey.missingSteps, series: survey.affectedSeries, first };
  if (keepsRows) {
    const action = policy === 'rowOrder' ? 'order of rows kept' : 'they are weekends or holidays; order of rows kept';
    return { ...nothing, finding: { ...found, action }, isRegular: false };
  }
  if (policy === 'auto' || policy === 'error') {
    const row = policy === 'auto' && survey.firstUnexplained >= 0 ? survey.firstUnexplained : survey.firstRow;
    throw gapError(columns, frequency, survey, row);
  }
  if (survey.firstOffGrid >= 0) throw offGridError(columns, frequency, survey.firstOffGrid);
  const wide = insertSteps(columns, frequency);
  const cells = [...wide.targets, ...wide.numbers.values()];
  for (const cell of cells) {
    for (let series = 0; series < wide.ids.length; series++) {
      fillCells(cell, wide.offsets[series]!, wide.offsets[series + 1]!, policy, wide.inserted);
    }
  }
  const action =
    policy === 'mask'
      ? 'inserted, masked as not available'
      : `inserted, filled ${policy === 'zero' ? 'with zero' : policy}`;
  return { columns: wide, inserted: wide.inserted, finding: { ...found, action }, isRegular: true };
}

function gapError(columns: SeriesColumns, frequency: Frequency, survey: GapSurvey, at: number): DataError {
  const row = sourceRowOf(columns, at);
  const line = columns.table.lineOf(row);
  const place = placeOf(columns.table, row);
  const extent = `${survey.gapCount} gap${survey.gapCount === 1 ? '' : 's'} in ${survey.affectedSeries} of ${columns.ids.length} series`;
  const advice =
    clockChangeHint(columns, at) ??
    `pass ${remedy('gaps', 'rowOrder')} to go by the order of rows, or ${remedy('gaps', 'forward', 'linear', 'zero', 'mask')} to insert the missing steps`;
  const message = `${columns.table.name}: ${place}: ${describeGap(columns, frequency, at)}; ${extent}; ${advice}.`;
  return new DataError('data/gap', message, {
    file: columns.table.name,
    row: row + 1,
    series: columns.ids[seriesOfRow(columns.offsets, at)]!,
    time: formatTime(columns.time![at]!),
    count: survey.missingSteps,
    ...(line === undefined ? {} : { line }),
  });
}

/** One missing hour on a Sunday night of spring, in times without offset, is a clock change and not a gap. */
function clockChangeHint(columns: SeriesColumns, row: number): string | undefined {
  const [before, after] = [new Date(columns.time![row - 1]!), new Date(columns.time![row]!)];
  const isSpring = after.getUTCDay() === 0 && [2, 3, 8, 9].includes(after.getUTCMonth()) && after.getUTCHours() <= 4;
  if (columns.table.timeHasZone || !isSpring || after.getTime() - before.getTime() > 3 * 3_600_000) return undefined;
  return `this looks like the change to summer time in local times; pass ${remedy('timezone', 'Europe/Berlin')} (or what their zone is) to read them as instants`;
}

function offGridError(columns: SeriesColumns, frequency: Frequency, row: number): DataError {
  const source = sourceRowOf(columns, row);
  const line = columns.table.lineOf(source);
  const place = placeOf(columns.table, source);
  const message = `${columns.table.name}: ${place}: ${describeGap(columns, frequency, row)}: the time is not a multiple of ${formatFrequency(frequency)} after the one before it, so steps cannot be inserted; pass another one (${remedy('frequency')}), or ${remedy('gaps', 'rowOrder')}.`;
  return new DataError('data/frequency', message, {
    file: columns.table.name,
    row: source + 1,
    ...(line === undefined ? {} : { line }),
  });
}
