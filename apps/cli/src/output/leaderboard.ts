import type { Optimization, SearchPoint, TrialResult } from '@nt/forecast';
import { aligned } from './evaluation-table.ts';
import { duration, short } from './numbers.ts';

/** Rows that are shown; all are in the file. */
const shown = 10;

/** The best trials as lines of a table. */
export function leaderboardTable({ leaderboard, config }: Optimization): readonly string[] {
  const names = Object.keys(leaderboard[0]?.point ?? {});
  const rows = leaderboard
    .slice(0, shown)
    .map(({ trial, updates, score, point }) => [
      String(trial),
      score === null ? '–' : short(score),
      String(updates),
      ...names.map((name) => valueText(point[name])),
    ]);
  return aligned([['trial', config.metric.toUpperCase(), 'updates', ...names], ...rows]);
}

/** Which learning rates are searched. */
export function testedLine({ suggestion, range }: NonNullable<Optimization['testedRates']>): string {
  if (range === null) return 'range test: the loss never fell, so that the learning rate is not searched';
  return `range test: learning rates from ${short(range.min)} to ${short(range.max)} (the loss fell fastest at ${short(suggestion!)})`;
}

/** What came of a trial. */
export function trialLine({ trial, updates, score, point, seconds, problem }: TrialResult): string {
  const result = score === null ? `failed: ${problem}` : short(score);
  return `trial ${trial}, ${updates} updates: ${result} (${duration(seconds)}) ${pointText(point)}`;
}

const pointText = (point: SearchPoint): string =>
  Object.entries(point)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(', ');

function valueText(value: unknown): string {
  if (typeof value === 'number') return short(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
