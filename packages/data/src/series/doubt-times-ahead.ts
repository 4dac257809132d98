import { formatFrequency } from '../time/frequency.ts';
import { advanceByRule, type TimeRule } from '../time/time-rule.ts';
import type { SeriesColumns } from './series-columns.ts';

/** Enough to see whether a rule holds, and little beside reading a large file. */
const [mostSeries, mostSteps] = [20, 500];

/**
 * A notice when the newest steps of a file often keep to no rule that was found: rows are used in their order all the
 * same, but the times of a forecast are then counted ones that may not exist.
 */
export function doubtTimesAhead({ time, offsets }: SeriesColumns, rules: readonly TimeRule[]): string[] {
  if (time === null) return [];
  let [steps, kept] = [0, 0];
  for (let series = 0; series < Math.min(rules.length, mostSeries); series++) {
    const end = offsets[series + 1]!;
    for (let row = Math.max(offsets[series]! + 1, end - mostSteps); row < end; row++) {
      steps++;
      if (advanceByRule(time[row - 1]!, rules[series]!, 1) === time[row]) kept++;
    }
  }
  if (steps === 0 || kept >= 0.8 * steps) return [];
  return [
    `${steps - kept} of the newest ${steps} steps are not ${formatFrequency(rules[0]!.frequency)} apart, or not by a rule: times ahead are counted by it and may be others than the next ones of the file`,
  ];
}
