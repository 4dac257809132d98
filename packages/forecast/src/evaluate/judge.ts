import { timeAt } from '@nt/data';
import type { MetricName } from '../metrics/metric-catalogue.ts';
import type { Evaluation } from './evaluation.ts';
import type { ForecastTable } from './forecast-table.ts';
import { judgeMethod } from './judge-method.ts';
import { seriesScales } from './series-scales.ts';
import { skillOf } from './skill.ts';

/** What is computed of forecasts. */
export interface JudgeOptions {
  readonly metrics: readonly MetricName[];
  /** Time steps of a season, for MASE. */
  readonly seasonLength: number;
}

/** Judges the methods of a table; the first is the one in question. */
export function judge(table: ForecastTable, { metrics, seasonLength }: JudgeOptions): Evaluation {
  const { set, horizon, places, methods } = table;
  const scales = seriesScales(table, seasonLength);
  const times = (step: number): number[] => places.map(({ series, origin }) => timeAt(set, series, origin + step));
  return {
    horizon,
    windows: places.length,
    series: scales.size,
    seriesIds: [...scales.keys()].map((series) => set.ids[series]!),
    seasonLength,
    from: times(0).reduce((a, b) => Math.min(a, b)),
    to: times(horizon - 1).reduce((a, b) => Math.max(a, b)),
    rows: methods.map((method) => judgeMethod(table, method, metrics, scales)),
    skill: skillOf(table, scales),
  };
}
