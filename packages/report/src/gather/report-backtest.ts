import { seriesValues, timeAt } from '@nt/data';
import type { Backtest, ForecastTable } from '@nt/forecast';
import type { ReportBacktest, ReportWalk } from '../report.ts';

/** Series that are drawn, and time steps of each. */
const mostSeries = 3;
const mostSteps = 200;

/** A backtest for a page: all but the forecasts, of which a few are kept to be drawn. */
export function reportBacktest({ evaluation, table, rollingConformal, ...rest }: Backtest): ReportBacktest {
  const { folds, refit, unused } = rest;
  const rival = evaluation.skill?.against;
  const series = [...new Set(table.places.map((place) => place.series))].slice(0, mostSeries);
  return {
    folds,
    refit,
    unused,
    rolling: rollingConformal?.scores ?? null,
    drawn: series.map((index) => walkOf(table, index, rival)),
  };
}

/** Newest forecasts first, as many as fit; each begins where the next one ends, or earlier. */
function walkOf(
  { set, horizon, places, methods }: ForecastTable,
  series: number,
  rival: string | undefined,
): ReportWalk {
  const own = places.flatMap((place, window) => (place.series === series ? [{ window, origin: place.origin }] : []));
  const chosen: typeof own = [];
  let next = Number.POSITIVE_INFINITY;
  for (const one of own.sort((a, b) => b.origin - a.origin)) {
    if (one.origin + horizon > next && chosen.length > 0) continue;
    if ((chosen.length + 1) * (horizon + 1) > Math.max(mostSteps, horizon + 1)) break;
    chosen.unshift(one);
    next = one.origin;
  }
  // A step without value between two forecasts keeps their lines apart.
  const rows = chosen.flatMap(({ window, origin }) => [
    ...Array.from({ length: horizon }, (_, step) => ({ step: origin + step, at: window * horizon + step })),
    null,
  ]);
  const valuesOf = (column: Float64Array): number[] => rows.map((row) => (row === null ? Number.NaN : column[row.at]!));
  let last = 0;
  return {
    id: set.ids[series]!,
    at: rows.map((row) => {
      if (row !== null) last = timeAt(set, series, row.step);
      return last;
    }),
    actual: knownFrom(chosen[0]?.origin ?? 0),
    methods: methods
      .filter((one, index) => index === 0 || one.method === rival)
      .map(({ method, point }) => ({ method, values: valuesOf(point) })),
  };

  function knownFrom(start: number): ReportWalk['actual'] {
    const values = Array.from(seriesValues(set, series).subarray(start));
    return { at: values.map((_, step) => timeAt(set, series, start + step)), values };
  }
}
