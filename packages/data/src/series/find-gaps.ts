import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import { isWeekend } from '../time/advance-time.ts';
import { describeFrequencies, findFrequency, hasNoWeekend } from '../time/find-frequency.ts';
import { formatTime } from '../time/format-time.ts';
import { type Frequency, fixedUnits, formatFrequency, parseFrequency } from '../time/frequency.ts';
import { countSteps } from '../time/step-count.ts';
import { type SeriesColumns, seriesOfRow } from './series-columns.ts';
import type { SeriesOptions } from './series-options.ts';

const day = 86_400_000;

/** Gaps of all series: how many steps are missing, where first, and whether weekends and holidays explain them all. */
export interface GapSurvey {
  readonly missingSteps: number;
  readonly gapCount: number;
  readonly affectedSeries: number;
  readonly firstRow: number;
  /** Row of the first gap that no weekend or holiday explains, −1 when all are explained. */
  readonly firstUnexplained: number;
  readonly isMarketCalendar: boolean;
  /** Row of the first time that is not on the grid of the frequency, −1 when there is none. */
  readonly firstOffGrid: number;
}

/** The frequency of all series: as told, else the one that they have in common. */
export function commonFrequency(columns: SeriesColumns, options: SeriesOptions): Frequency {
  if (columns.time === null) return { unit: 'row', count: 1 };
  const { time, offsets, ids, table } = columns;
  const told = options.frequency ?? table.declaredFrequency;
  if (told !== undefined) return parseFrequency(told);
  const found = ids.map((_, series) => findFrequency(time, offsets[series]!, offsets[series + 1]!));
  const names = new Set(found.filter((frequency) => frequency !== null).map(formatFrequency));
  if (names.size === 1) return found.find((frequency) => frequency !== null)!;
  if (names.size === 0) {
    throw new DataError(
      'data/frequency',
      `${table.name}: no series has two rows, so no frequency can be found; use a file with more rows.`,
      { file: table.name },
    );
  }
  const business = found.find((frequency) => frequency?.unit === 'business-day');
  if (business && names.size === 2 && names.has('day')) {
    const isWeekly = found.every(
      (frequency, series) => frequency?.unit !== 'day' || hasNoWeekend(time, offsets[series]!, offsets[series + 1]!),
    );
    if (isWeekly) return business;
  }
  const message = `${table.name}: series have different frequencies: ${describeFrequencies(found)}; pass one for all (${remedy('frequency')}), or read them apart.`;
  throw new DataError('data/frequency', message, { file: table.name });
}

/** Counts the missing steps of every series. */
export function surveyGaps(columns: SeriesColumns, frequency: Frequency): GapSurvey {
  const time = columns.time!;
  const state = {
    missingSteps: 0,
    gapCount: 0,
    affectedSeries: 0,
    firstRow: -1,
    firstUnexplained: -1,
    firstOffGrid: -1,
  };
  const market = new MarketCalendar(frequency);
  const fixed = fixedUnits[frequency.unit];
  const step = fixed === undefined ? Number.NaN : fixed * frequency.count;
  for (let series = 0; series < columns.ids.length; series++) {
    const end = columns.offsets[series + 1]!;
    let isAffected = false;
    for (let row = columns.offsets[series]! + 1; row < end; row++) {
      if (time[row]! - time[row - 1]! === step) continue;
      const steps = countSteps(time[row - 1]!, time[row]!, frequency);
      if (steps === 1) continue;
      if (state.firstRow < 0) state.firstRow = row;
      if (Number.isNaN(steps) && state.firstOffGrid < 0) state.firstOffGrid = row;
      if (!Number.isNaN(steps)) state.missingSteps += steps - 1;
      state.gapCount++;
      isAffected = true;
      if (!market.explains(time[row - 1]!, time[row]!, steps) && state.firstUnexplained < 0)
        state.firstUnexplained = row;
    }
    if (isAffected) state.affectedSeries++;
  }
  return { ...state, isMarketCalendar: state.gapCount > 0 && market.explainsAll(time.length) };
}

/** ``series 'a': 3 missing steps between 2020-01-05 and 2020-01-09 (frequency day)``. */
export function describeGap(columns: SeriesColumns, frequency: Frequency, row: number): string {
  const time = columns.time!;
  const steps = countSteps(time[row - 1]!, time[row]!, frequency);
  const what = Number.isNaN(steps) ? 'an irregular step' : `${steps - 1} missing time step${steps === 2 ? '' : 's'}`;
  const series = columns.ids[seriesOfRow(columns.offsets, row)];
  const between = `${formatTime(time[row - 1]!, frequency)} and ${formatTime(time[row]!, frequency)}`;
  return `series '${series}': ${what} between ${between} (frequency ${formatFrequency(frequency)})`;
}

/** Judges whether gaps are the weekends and holidays of a market. */
class MarketCalendar {
  private readonly frequency: Frequency;
  private isExplained = true;
  private missingDays = 0;
  private weekendDays = 0;
  private holidays = 0;

  constructor(frequency: Frequency) {
    this.frequency = frequency;
  }

  explains(from: number, to: number, steps: number): boolean {
    const isExplained = this.judge(from, to, steps);
    if (!isExplained) this.isExplained = false;
    return isExplained;
  }

  private judge(from: number, to: number, steps: number): boolean {
    if (this.frequency.unit === 'business-day') {
      this.holidays += steps - 1;
      // Four weekdays in a row: the longest closure of a large exchange in fifty years (September 2001).
      return steps <= 5;
    }
    const fixed = fixedUnits[this.frequency.unit];
    if (fixed === undefined || fixed * this.frequency.count >= day) return false;
    const firstDay = Math.floor(from / day) + 1;
    const endDay = Math.floor(to / day);
    if (endDay - firstDay < 1 || endDay - firstDay > 5) return false;
    for (let current = firstDay; current < endDay; current++) {
      this.missingDays++;
      if (isWeekend(current)) this.weekendDays++;
    }
    return true;
  }

  explainsAll(rows: number): boolean {
    if (!this.isExplained) return false;
    if (this.frequency.unit === 'business-day') return this.holidays <= Math.max(2, rows * 0.08);
    return this.weekendDays * 2 >= this.missingDays;
  }
}
