import type { MetricName } from '../metrics/metric-catalogue.ts';
import type { Trading } from '../trading/trading-of.ts';

/** What intervals of one nominal level were worth. */
export interface IntervalScore {
  /** Nominal, in percent: 80. */
  readonly level: number;
  /** Share of actual values inside, 0 … 1; near `level` / 100 when the intervals are honest. */
  readonly coverage: number;
  /** Mean width, in the data's unit. */
  readonly width: number;
  /** Winkler (interval) score, in the data's unit; smaller is better. */
  readonly winkler: number;
}

/** How good forecasts of one method were over the same windows. Errors in the data's unit, sMAPE in percent. */
export interface EvaluationRow {
  /** `nhits`, `naive`, `seasonal naive` … */
  readonly method: string;
  readonly mae: number;
  readonly rmse: number;
  readonly smape: number;
  /** Mean over the series; 1 = as good as the seasonal naive forecast is, one step ahead, inside the training part. */
  readonly mase: number;
  /** All metrics that were asked for, by name; those that this method cannot have (quantiles) are left out. */
  readonly metrics: Readonly<Partial<Record<MetricName, number>>>;
  /** Of methods that give quantiles; empty for others. */
  readonly intervals: readonly IntervalScore[];
  /** Mean absolute error of each time step ahead, `[horizon]`. */
  readonly maeOfStep: readonly number[];
  /** Mean absolute error of each series, in the order of `seriesIds`. */
  readonly maeOfSeries: readonly number[];
}

/**
 * The method in question beside the best of the others. Error is the mean absolute error; of several series it is that of
 * each in units of its MASE, so that all count alike and none by its unit.
 */
export interface Skill {
  readonly method: string;
  /** The other method with the lowest error. */
  readonly against: string;
  /** 1 − error ÷ rival's error: 0.2 = a fifth less; null when the rival makes no error at all. */
  readonly skill: number | null;
  /** Block-bootstrap interval of `skill`, 95 %; null as above. */
  readonly interval: readonly [lower: number, upper: number] | null;
  /** Two-sided Diebold–Mariano test of equal accuracy; NaN with too few origins. */
  readonly pValue: number;
  /** `better` and `worse` at 5 %, else `unclear`: a difference of this size can be chance. */
  readonly verdict: 'better' | 'worse' | 'unclear';
  /** What a reader must know of the test. */
  readonly note: string | null;
}

/** Methods compared on the same windows of data that none of them has seen. */
export interface Evaluation {
  readonly horizon: number;
  /** Windows compared: every origin whose targets all lie in unseen data. */
  readonly windows: number;
  readonly series: number;
  /** Ids of the series that hold a window. */
  readonly seriesIds: readonly string[];
  /** Time steps of the seasonal naive forecast and of MASE; 1 = no season, then there is no seasonal row. */
  readonly seasonLength: number;
  /** Milliseconds since the epoch: the first and last time step forecast. */
  readonly from: number;
  readonly to: number;
  /** The method in question first. */
  readonly rows: readonly EvaluationRow[];
  /** Null when there is nothing to compare with. */
  readonly skill: Skill | null;
  /** Only when it was asked for. */
  readonly trading?: Trading;
}
