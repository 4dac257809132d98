import { badOption } from '../options/option.ts';

/** A central interval between two quantiles. */
export interface Interval {
  /** In percent: 80 lies between the quantiles 0.1 and 0.9. */
  readonly level: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * The quantiles between which central intervals lie: 80 → 0.1 and 0.9.
 *
 * @param levels in percent, in (0, 100)
 * @throws ForecastError `forecast/option`
 */
export function quantilesOfLevels(levels: readonly number[]): readonly number[] {
  if (!Array.isArray(levels) || !levels.every((level) => level > 0 && level < 100)) {
    throw badOption('levels', 'numbers of percent between 0 and 100', levels);
  }
  return [...new Set(levels.flatMap((level) => [asWritten(50 - level / 2), asWritten(50 + level / 2)]))].sort(
    (a, b) => a - b,
  );
}

/** A percentage as the share that a person writes: 0.0005 and not 0.0004999999999999716, which no model was trained on. */
const asWritten = (percent: number): number => Math.round(percent * 1e10) / 1e12;

/** The central intervals that quantiles make, narrow ones first; a quantile without its counterpart makes none. */
export function intervalsOf(quantiles: readonly number[], values: readonly Float64Array[]): readonly Interval[] {
  const intervals = quantiles.flatMap((quantile, i) => {
    const other = quantiles.findIndex((q) => Math.abs(q + quantile - 1) < 1e-9);
    if (quantile >= 0.5 || other < 0) return [];
    const level = Math.round((1 - 2 * quantile) * 1e8) / 1e6;
    return [{ level, lower: values[i]!, upper: values[other]! }];
  });
  return intervals.sort((a, b) => a.level - b.level);
}
