import { coverage, intervalWidth, winkler } from '../metrics/interval-metrics.ts';
import { computeMetric, type MetricInput, type MetricName, metricCatalogue } from '../metrics/metric-catalogue.ts';
import { intervalsOf } from '../predict/levels.ts';
import { errorProfile } from './error-profile.ts';
import type { EvaluationRow, IntervalScore } from './evaluation.ts';
import type { ForecastTable, MethodForecasts } from './forecast-table.ts';
import type { SeriesScale } from './series-scales.ts';

/** Every metric of one method. */
export function judgeMethod(
  table: ForecastTable,
  forecasts: MethodForecasts,
  metrics: readonly MetricName[],
  scales: ReadonlyMap<number, SeriesScale>,
): EvaluationRow {
  const { horizon, places } = table;
  const { method, point } = forecasts;
  const all: readonly MetricName[] = [...new Set<MetricName>(['mae', 'rmse', 'smape', 'mase', ...metrics])];
  const rowsOf = new Map([...scales.keys()].map((series) => [series, [] as number[]]));
  places.forEach(({ series }, window) => {
    rowsOf.get(series)!.push(window);
  });
  const input = inputOf(table, forecasts);
  const found: Partial<Record<MetricName, number>> = {};
  for (const name of all) {
    const needs = metricCatalogue[name].needs;
    if (needs.some((need) => need === 'quantiles' || need === 'interval') && forecasts.quantiles.length === 0) continue;
    const isScaled = needs.includes('maseScale') || needs.includes('rmsseScale');
    found[name] = isScaled ? meanOverSeries(name, input, rowsOf, scales, horizon) : computeMetric(name, input);
  }
  return {
    method,
    mae: found.mae!,
    rmse: found.rmse!,
    smape: found.smape!,
    mase: found.mase!,
    metrics: found,
    intervals: intervalScores(table, forecasts),
    ...errorProfile(table, point, [...scales.keys()]),
  };
}

function inputOf(
  { set, horizon, places, actual, quantiles: levels }: ForecastTable,
  forecasts: MethodForecasts,
): MetricInput {
  const { point, quantiles } = forecasts;
  const previous = Float64Array.from(actual, (_, i) => {
    const { series, origin } = places[Math.floor(i / horizon)]!;
    return origin > 0 ? set.values[set.offsets[series]! + origin - 1]! : Number.NaN;
  });
  if (quantiles.length === 0) return { actual, point, previous };
  const values = Float64Array.from({ length: actual.length * levels.length }, (_, i) => {
    return quantiles[i % levels.length]![Math.floor(i / levels.length)]!;
  });
  const widest = intervalsOf(levels, quantiles).at(-1);
  return {
    actual,
    point,
    previous,
    quantiles: { levels, values },
    ...(widest && { interval: { lower: widest.lower, upper: widest.upper, level: widest.level / 100 } }),
  };
}

function intervalScores({ actual, quantiles: levels }: ForecastTable, { quantiles }: MethodForecasts): IntervalScore[] {
  if (quantiles.length === 0) return [];
  return intervalsOf(levels, quantiles).map(({ level, ...interval }) => ({
    level,
    coverage: coverage(actual, interval),
    width: intervalWidth(actual, interval),
    winkler: winkler(actual, interval, { level: level / 100 }),
  }));
}

/** Mean over the series of a scaled error; series whose scale is 0 or unknown are left out. */
function meanOverSeries(
  name: MetricName,
  input: MetricInput,
  rowsOf: ReadonlyMap<number, readonly number[]>,
  scales: ReadonlyMap<number, SeriesScale>,
  horizon: number,
): number {
  const each = [...rowsOf].map(([series, rows]) => {
    const { mase: maseScale, rmsse: rmsseScale } = scales.get(series)!;
    if (!(maseScale > 0)) return Number.NaN;
    const at = rows.flatMap((window) => Array.from({ length: horizon }, (_, step) => window * horizon + step));
    const pick = (values: ArrayLike<number>): Float64Array => Float64Array.from(at, (i) => values[i]!);
    return computeMetric(name, { actual: pick(input.actual), point: pick(input.point!), maseScale, rmsseScale });
  });
  const known = each.filter(Number.isFinite);
  return known.reduce((a, b) => a + b, 0) / known.length;
}
