import { type SeriesSet, seriesValues, timeAt, type Windows } from '@nt/data';
import { mae } from '../metrics/mae.ts';
import { maseScale } from '../metrics/mase-scale.ts';
import { rmse } from '../metrics/rmse.ts';
import { smape } from '../metrics/smape.ts';
import type { Predictor } from '../predictor.ts';
import type { Evaluation, EvaluationRow } from './evaluation.ts';

/**
 * Compares predictors over the same windows of data in their unit; the first is the one in question.
 *
 * @throws the errors of the predictors
 */
export async function evaluate(
  predictors: readonly Predictor[],
  windows: Windows,
  { seasonLength }: { readonly seasonLength: number },
): Promise<Evaluation> {
  const { count, horizon, set } = windows;
  const located = Array.from({ length: count }, (_, window) => windows.locate(window));
  const actual = gather(located, horizon, ({ series, origin }) =>
    seriesValues(set, series).subarray(origin, origin + horizon),
  );
  const scales = maseScales(set, located, seasonLength);
  const row = (name: string, forecast: Float64Array): EvaluationRow => ({
    method: name,
    mae: mae(actual, forecast),
    rmse: rmse(actual, forecast),
    smape: smape(actual, forecast),
    mase: meanScaledError(actual, forecast, located, horizon, scales),
  });
  const rows: EvaluationRow[] = [];
  for (const predictor of predictors) rows.push(row(predictor.method, (await predictor.predictWindows(windows)).point));
  const times = located.map(
    ({ series, origin }) => [timeAt(set, series, origin), timeAt(set, series, origin + horizon - 1)] as const,
  );
  return {
    horizon,
    windows: count,
    series: scales.size,
    seasonLength,
    from: times.reduce((earliest, [from]) => Math.min(earliest, from), Infinity),
    to: times.reduce((latest, [, to]) => Math.max(latest, to), -Infinity),
    rows,
  };
}

interface Place {
  readonly series: number;
  readonly origin: number;
}

function gather(
  located: readonly Place[],
  horizon: number,
  valuesOf: (place: Place) => ArrayLike<number>,
): Float64Array {
  const out = new Float64Array(located.length * horizon);
  located.forEach((place, window) => {
    out.set(valuesOf(place), window * horizon);
  });
  return out;
}

/** MASE's denominator of each series, from its values before the first forecast. */
function maseScales(set: SeriesSet, located: readonly Place[], seasonLength: number): ReadonlyMap<number, number> {
  const firstOrigins = new Map<number, number>();
  for (const { series, origin } of located)
    firstOrigins.set(series, Math.min(origin, firstOrigins.get(series) ?? Infinity));
  return new Map(
    [...firstOrigins].map(([series, origin]) => [
      series,
      maseScale(seriesValues(set, series).subarray(0, origin), seasonLength),
    ]),
  );
}

/** Mean over the series of (mean absolute error ÷ scale); series whose scale is 0 or unknown are left out. */
function meanScaledError(
  actual: Float64Array,
  forecast: Float64Array,
  located: readonly Place[],
  horizon: number,
  scales: ReadonlyMap<number, number>,
): number {
  const sums = new Map<number, { total: number; count: number }>();
  located.forEach(({ series }, window) => {
    const sum = sums.get(series) ?? { total: 0, count: 0 };
    for (let i = window * horizon; i < (window + 1) * horizon; i++) {
      if (Number.isNaN(actual[i]!)) continue;
      sum.total += Math.abs(actual[i]! - forecast[i]!);
      sum.count += 1;
    }
    sums.set(series, sum);
  });
  const scaled = [...sums]
    .map(([series, { total, count }]) => total / count / scales.get(series)!)
    .filter(Number.isFinite);
  return scaled.reduce((a, b) => a + b, 0) / scaled.length;
}
