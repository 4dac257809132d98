import { timeAt } from '@nt/data';
import { mae } from '../metrics/mae.ts';
import { blockBootstrap } from '../statistics/block-bootstrap.ts';
import { dieboldMariano } from '../statistics/diebold-mariano.ts';
import type { Skill } from './evaluation.ts';
import type { ForecastTable, MethodForecasts } from './forecast-table.ts';
import type { SeriesScale } from './series-scales.ts';

const significance = 0.05;

/** The first method beside the best of the others: how much less error, and whether that can be chance. */
export function skillOf(table: ForecastTable, scales: ReadonlyMap<number, SeriesScale>): Skill | null {
  const [own, ...others] = table.methods;
  if (!own || others.length === 0) return null;
  const errorOf = ({ point }: MethodForecasts): number => mae(table.actual, point);
  const rival = others.reduce((best, other) => (errorOf(other) < errorOf(best) ? other : best));
  const [losses, rivals] = [lossesOf(table, own, scales), lossesOf(table, rival, scales)];
  const origins = losses.length;
  const { horizon } = table;
  const test = dieboldMariano(losses, rivals, { horizon });
  const ratio = (at: ArrayLike<number>): number => {
    let [mine, theirs] = [0, 0];
    for (let i = 0; i < at.length; i++) {
      mine += losses[at[i]!]!;
      theirs += rivals[at[i]!]!;
    }
    return 1 - mine / theirs;
  };
  const skill = ratio(Array.from({ length: origins }, (_, i) => i));
  const isKnown = Number.isFinite(skill);
  const { lower, upper } = isKnown ? blockBootstrap(origins, ratio, { horizon }) : { lower: 0, upper: 0 };
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

/**
 * One loss for each moment at which forecasts begin, in the order of time: series that share it are no independent
 * evidence. Several series count alike, whatever their unit: each error is divided by its series' scale.
 */
function lossesOf(
  { set, horizon, places, actual }: ForecastTable,
  { point }: MethodForecasts,
  scales: ReadonlyMap<number, SeriesScale>,
): Float64Array {
  const byTime = new Map<number, { sum: number; count: number }>();
  places.forEach(({ series, origin }, window) => {
    const scale = scales.size > 1 ? scales.get(series)!.mase : 1;
    if (!(scale > 0)) return;
    const time = timeAt(set, series, origin);
    const total = byTime.get(time) ?? { sum: 0, count: 0 };
    for (let i = window * horizon; i < (window + 1) * horizon; i++) {
      if (Number.isNaN(actual[i]!)) continue;
      total.sum += Math.abs(actual[i]! - point[i]!) / scale;
      total.count += 1;
    }
    byTime.set(time, total);
  });
  const known = [...byTime].filter(([, { count }]) => count > 0).sort(([a], [b]) => a - b);
  return Float64Array.from(known, ([, { sum, count }]) => sum / count);
}
