import { timeAt } from '@nt/data';
import { blockBootstrap } from '../statistics/block-bootstrap.ts';
import { dieboldMariano } from '../statistics/diebold-mariano.ts';
import { gridOf } from '../statistics/grid.ts';
import type { Skill } from './evaluation.ts';
import type { ForecastTable, MethodForecasts, Place } from './forecast-table.ts';
import type { SeriesScale } from './series-scales.ts';

const significance = 0.05;

/**
 * The first method beside the best of the others: how much less error, and whether that can be chance. The best is so by
 * the losses that are compared: of several series a large one does not decide alone.
 */
export function skillOf(table: ForecastTable, scales: ReadonlyMap<number, SeriesScale>): Skill | null {
  const [own, ...others] = table.methods.map((method) => ({ ...method, ...lossesOf(table, method, scales) }));
  if (!own || others.length === 0) return null;
  const rival = others.reduce((best, other) => (sumOf(other.losses) < sumOf(best.losses) ? other : best));
  const { losses, stride } = own;
  const { losses: rivals } = rival;
  const spacing = { horizon: table.horizon, stride };
  const test = dieboldMariano(losses, rivals, spacing);
  const ratio = (at: ArrayLike<number>): number => {
    let [mine, theirs] = [0, 0];
    for (let i = 0; i < at.length; i++) {
      if (Number.isNaN(losses[at[i]!]!)) continue;
      mine += losses[at[i]!]!;
      theirs += rivals[at[i]!]!;
    }
    return 1 - mine / theirs;
  };
  const skill = ratio(Array.from(losses.keys()));
  const isKnown = Number.isFinite(skill);
  const { lower, upper } = isKnown ? blockBootstrap(losses.length, ratio, spacing) : { lower: 0, upper: 0 };
  const isClear = test.pValue < significance;
  return {
    method: own.method,
    against: rival.method,
    skill: isKnown ? skill : null,
    interval: isKnown ? [lower, upper] : null,
    pValue: test.pValue,
    verdict: isClear ? (test.meanDifference < 0 ? 'better' : 'worse') : 'unclear',
    note: test.note ?? null,
  };
}

/** Of all moments at which something was forecast: the same of all methods. */
function sumOf(losses: Float64Array): number {
  return losses.reduce((sum, loss) => (Number.isNaN(loss) ? sum : sum + loss), 0);
}

/**
 * One loss for each moment at which forecasts begin, in the order of time: series that share it are no independent
 * evidence. Several series count alike, whatever their unit: each error is divided by its series' scale. Moments at which
 * nothing was forecast (between folds) are NaN, so that what follows counts lags in time.
 */
function lossesOf(
  { set, horizon, places, actual }: ForecastTable,
  { point }: MethodForecasts,
  scales: ReadonlyMap<number, SeriesScale>,
): { readonly losses: Float64Array; readonly stride: number } {
  const byTime = new Map<number, { sum: number; count: number; readonly place: Place }>();
  places.forEach((place, window) => {
    const { series, origin } = place;
    const scale = scales.size > 1 ? scales.get(series)!.mase : 1;
    if (!(scale > 0)) return;
    const time = timeAt(set, series, origin);
    const total = byTime.get(time) ?? { sum: 0, count: 0, place };
    for (let i = window * horizon; i < (window + 1) * horizon; i++) {
      if (Number.isNaN(actual[i]!)) continue;
      total.sum += Math.abs(actual[i]! - point[i]!) / scale;
      total.count += 1;
    }
    byTime.set(time, total);
  });
  const known = [...byTime].filter(([, { count }]) => count > 0).sort(([a], [b]) => a - b);
  const sorted = known.map(([, total]) => total);
  const { stride, places: at, size } = gridOf(stepsBetween(sorted.map(({ place }) => place)));
  const losses = new Float64Array(size).fill(Number.NaN);
  sorted.forEach(({ sum, count }, i) => {
    losses[at[i]!] = sum / count;
  });
  return { losses, stride };
}

/** Time steps since the first moment. Moments that no series joins count as neighbours. */
function stepsBetween(places: readonly Place[]): number[] {
  let step = 0;
  return places.map(({ series, origin }, i) => {
    const before = places[i - 1];
    if (before) step += before.series === series ? origin - before.origin : 1;
    return step;
  });
}
