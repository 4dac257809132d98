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
  const { places } = table;
  const { method, point } = forecasts;
  const all: readonly MetricName[] = [...new Set<MetricName>(['mae', 'rmse', 'smape', 'mase', ...metrics])];
  const rowsOf = new Map([...scales.keys()].map((series) => [series, [] as number[]]));
  places.forEach(({ series }, window) => {
    rowsOf.get(series)!.push(window);
  });
  const needsPrevious = all.some((name) => metricCatalogue[name].needs.includes('previous'));
  const input = { ...inputOf(table, forecasts), ...(needsPrevious && { previous: previousValues(table) }) };
  const found: Partial<Record<MetricName, number>> = {};
  for (const name of all) {
    const needs = metricCatalogue[name].needs;
    if (needs.some((need) => need === 'quantiles' || need === 'interval') && forecasts.quantiles.length === 0) continue;
    const isScaled = needs.includes('maseScale') || needs.includes('rmsseScale');
    found[name] = isScaled ? meanOverSeries(name, table, point, rowsOf, scales) : computeMetric(name, input);
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

function inputOf({ actual, quantiles: levels }: ForecastTable, forecasts: MethodForecasts): MetricInput {
  const { point, quantiles } = forecasts;
  if (quantiles.length === 0) return { actual, point };
  const values = Float64Array.from({ length: actual.length * levels.length }, (_, i) => {
    return quantiles[i % levels.length]![Math.floor(i / levels.length)]!;
  });
  const widest = intervalsOf(levels, quantiles).at(-1);
  return {
    actual,
    point,
    quantiles: { levels, values },
    ...(widest && { interval: { lower: widest.lower, upper: widest.upper, level: widest.level / 100 } }),
  };
}

/** The last value before each window, for each of its steps. */
function previousValues({ set, horizon, places }: ForecastTable): Float64Array {
  const previous = new Float64Array(places.length * horizon);
  places.forEach(({ series, origin }, window) => {
    const value = origin > 0 ? set.values[set.offsets[series]! + origin - 1]! : Number.NaN;
    previous.fill(value, window * horizon, (window + 1) * horizon);
  });
  return previous;
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
  table: ForecastTable,
  point: Float64Array,
  rowsOf: ReadonlyMap<number, readonly number[]>,
  scales: ReadonlyMap<number, SeriesScale>,
): number {
  const { horizon } = table;
  const each = [...rowsOf].map(([series, rows]) => {
    const { mase: maseScale, rmsse: rmsseScale } = scales.get(series)!;
    if (!(maseScale > 0)) return Number.NaN;
    const pick = (values: Float64Array): Float64Array => windowsOf(values, rows, horizon);
    return computeMetric(name, { actual: pick(table.actual), point: pick(point), maseScale, rmsseScale });
  });
  const known = each.filter(Number.isFinite);
  return known.reduce((a, b) => a + b, 0) / known.length;
}

/** The values of some windows; of all, those that are there. */
function windowsOf(values: Float64Array, rows: readonly number[], horizon: number): Float64Array {
  if (rows.length * horizon === values.length) return values;
  const out = new Float64Array(rows.length * horizon);
  rows.forEach((window, i) => {
    out.set(values.subarray(window * horizon, (window + 1) * horizon), i * horizon);
  });
  return out;
}
