import { fixedUnits, formatFrequency } from '../time/frequency.ts';
import { stepsByRule } from '../time/time-rule.ts';
import { ClosureJudge } from './judge-closures.ts';
import type { SeriesCalendar } from './series-calendar.ts';
import { type SeriesColumns, seriesOfRow } from './series-columns.ts';

/** Gaps of all series: how many steps are missing, where first, and whether closures explain them all. */
export interface GapSurvey {
  readonly missingSteps: number;
  readonly gapCount: number;
  readonly affectedSeries: number;
  readonly firstRow: number;
  /** Row of the first gap that no closure explains, −1 when all are explained. */
  readonly firstUnexplained: number;
  /** Every gap is a night, a weekend or a holiday. */
  readonly areClosures: boolean;
  /** Row of the first time that is not on the grid of the frequency, −1 when there is none. */
  readonly firstOffGrid: number;
}

/** Counts the missing steps of every series. */
export function surveyGaps(columns: SeriesColumns, calendar: SeriesCalendar): GapSurvey {
  const { frequency, rules, time } = calendar;
  const state = {
    missingSteps: 0,
    gapCount: 0,
    affectedSeries: 0,
    firstRow: -1,
    firstUnexplained: -1,
    firstOffGrid: -1,
  };
  const fixed = fixedUnits[frequency.unit];
  const step = fixed === undefined ? Number.NaN : fixed * frequency.count;
  const judge = new ClosureJudge();
  for (let series = 0; series < columns.ids.length; series++) {
    const [start, end] = [columns.offsets[series]!, columns.offsets[series + 1]!];
    const rule = rules[series]!;
    let isAffected = false;
    for (let row = start + 1; row < end; row++) {
      if (time[row]! - time[row - 1]! === step) continue;
      const steps = stepsByRule(time[row - 1]!, time[row]!, rule);
      if (steps === 1) continue;
      if (state.firstRow < 0) state.firstRow = row;
      if (Number.isNaN(steps) && state.firstOffGrid < 0) state.firstOffGrid = row;
      if (!Number.isNaN(steps)) state.missingSteps += steps - 1;
      state.gapCount++;
      isAffected = true;
      if (!judge.explains(rule, time[row - 1]!, time[row]!, steps) && state.firstUnexplained < 0)
        state.firstUnexplained = row;
    }
    if (!isAffected) continue;
    state.affectedSeries++;
    judge.countDays(time, start, end);
  }
  return { ...state, areClosures: judge.explainsAll };
}

/** ``series 'a': 3 missing steps between 2020-01-05 and 2020-01-09 (frequency day)``. */
export function describeGap(columns: SeriesColumns, calendar: SeriesCalendar, row: number): string {
  const series = seriesOfRow(columns.offsets, row);
  const steps = stepsByRule(calendar.time[row - 1]!, calendar.time[row]!, calendar.rules[series]!);
  const what = Number.isNaN(steps) ? 'an irregular step' : `${steps - 1} missing time step${steps === 2 ? '' : 's'}`;
  const between = `${columns.show(columns.time![row - 1]!)} and ${columns.show(columns.time![row]!)}`;
  return `series '${columns.ids[series]}': ${what} between ${between} (frequency ${formatFrequency(calendar.frequency)})`;
}
