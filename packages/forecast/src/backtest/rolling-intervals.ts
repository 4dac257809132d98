import { type AdaptiveConformalOptions, adaptiveConformal } from '../calibration/adaptive-conformal.ts';
import { rollingConformal } from '../calibration/rolling-conformal.ts';
import type { IntervalScore } from '../evaluate/evaluation.ts';
import type { ForecastTable } from '../evaluate/forecast-table.ts';
import { rowsBySeries } from '../evaluate/rows-by-series.ts';
import { coverage, intervalWidth, winkler } from '../metrics/interval-metrics.ts';
import { checkKeys } from '../options/check-keys.ts';
import type { Interval } from '../predict/levels.ts';
import { quantilesOfLevels } from '../predict/levels.ts';

/** How rolling intervals learn. */
export type RollingOptions = Pick<AdaptiveConformalOptions, 'learningRate' | 'memory' | 'beyond'>;

/** What rolling intervals of one nominal level were worth. */
export interface RollingScore extends IntervalScore {
  /** Forecast steps before which nothing was known to learn from (or, with `beyond: 'infinite'`, without ends): not judged. */
  readonly unjudged: number;
}

/** Adaptive conformal intervals over the folds of a backtest. */
export interface RollingIntervals {
  /** Whose point forecasts they lie around. */
  readonly method: string;
  /** Narrow ones first. */
  readonly scores: readonly RollingScore[];
  /** Beside the rows of the backtest's table, `[windows, horizon]`; infinite where nothing was known. */
  readonly intervals: readonly Interval[];
}

/**
 * Each series is walked through in the order of time, over the borders of folds; an interval knows the errors of its
 * series that were known at its origin, and no others.
 *
 * @param levels in percent; default 80 and 95
 * @param options `beyond` is `largest` by default, so that widths stay finite
 */
export function rollingIntervals(
  table: ForecastTable,
  levels: readonly number[] = [80, 95],
  options: RollingOptions = {},
): RollingIntervals {
  checkRollingOptions(options);
  quantilesOfLevels(levels);
  const intervals = [...levels].sort((a, b) => a - b).map((level) => rolled(table, level, options));
  return { method: table.methods[0]!.method, intervals, scores: intervals.map((one) => scoreOf(table, one)) };
}

/** @throws ForecastError `forecast/unknown-option`, `forecast/option` */
export function checkRollingOptions(options: RollingOptions): void {
  checkKeys('rollingConformal', options, ['learningRate', 'memory', 'beyond']);
  // Whoever uses them checks them, here before anything is trained.
  adaptiveConformal({ ...options, level: 0.5, horizon: 1 });
}

function rolled(table: ForecastTable, level: number, options: RollingOptions): Interval {
  const { actual, horizon, places, methods } = table;
  const { point } = methods[0]!;
  const lower = new Float64Array(actual.length);
  const upper = new Float64Array(actual.length);
  for (const rows of rowsBySeries(table).values()) {
    const pick = (values: Float64Array): Float64Array =>
      Float64Array.from({ length: rows.length * horizon }, (_, i) => {
        return values[rows[Math.floor(i / horizon)]! * horizon + (i % horizon)]!;
      });
    const input = { actual: pick(actual), forecast: pick(point), origins: rows.map((row) => places[row]!.origin) };
    const found = rollingConformal(input, { beyond: 'largest', ...options, level: level / 100, horizon });
    rows.forEach((row, i) => {
      lower.set(found.lower.subarray(i * horizon, (i + 1) * horizon), row * horizon);
      upper.set(found.upper.subarray(i * horizon, (i + 1) * horizon), row * horizon);
    });
  }
  return { level, lower, upper };
}

function scoreOf({ actual }: ForecastTable, { level, lower, upper }: Interval): RollingScore {
  const mask = Array.from(lower, (value, i) => Number.isFinite(value) && Number.isFinite(upper[i]!));
  const interval = { lower, upper };
  return {
    level,
    coverage: coverage(actual, interval, { mask }),
    width: intervalWidth(actual, interval, { mask }),
    winkler: winkler(actual, interval, { level: level / 100, mask }),
    unjudged: mask.filter((isJudged) => !isJudged).length,
  };
}
