import type { SeriesSet, Windows } from '@nt/data';
import type { Forecast, ForecastNotice } from './predict/forecast.ts';
import type { PredictOptions } from './predict/predict-options.ts';
import type { WindowForecasts } from './predict/window-forecasts.ts';
import type { TrainingData } from './saved/training-data.ts';

/**
 * Something that forecasts: a fitted network, a naive rule, an ensemble, one of these with calibrated intervals, or an
 * object of your own. `evaluate` and `backtest` take predictors and know nothing else; `predictorCases` says what one
 * must hold to.
 *
 * Predictors do not change: the same data give the same forecasts. The noun is GluonTS's.
 */
export interface Predictor {
  /** Its name in tables. */
  readonly method: string;
  /** Time steps forecast at once. */
  readonly horizon: number;
  /** Which quantiles it can give: these, any, or none (an empty list). */
  readonly quantiles: readonly number[] | 'any';
  /** The widest central interval that it can give, in percent, where what it learnt from allows no wider one. */
  readonly highestLevel?: number | undefined;
  /**
   * What it learnt from, members and calibration included, so that it is not judged on what it has seen. Absent: nothing,
   * as rules.
   */
  readonly trainedOn?: TrainingData | undefined;
  /** How it is saved (`toModelFiles`). Absent: it cannot be. */
  readonly saving?: Saving | undefined;
  /**
   * What comes after the end of each series.
   *
   * @throws ForecastError `forecast/no-quantiles` for quantiles that it cannot give
   */
  predict(set: SeriesSet, options?: PredictOptions): Promise<Forecast>;
  /**
   * Forecasts from each window's origin on, as if nothing later had been observed: only values before the origin and
   * covariates that are known ahead are read. How far back, is the predictor's affair.
   *
   * @param windows over data in their unit; its `horizon` is the predictor's
   * @param quantiles in (0, 1), ascending; default none
   */
  predictWindows(windows: Windows, quantiles?: readonly number[]): Promise<WindowForecasts>;
  /**
   * What a person should know of these data before trusting a forecast of them; `predict` hands it on. Absent: nothing.
   *
   * @throws the predictor's error for data that it cannot forecast
   */
  notices?(set: SeriesSet): readonly ForecastNotice[];
  /**
   * Ids of the series that it can say nothing of, since nothing of them was observed where it looks: `predict` leaves
   * them out and names them. Absent: none.
   */
  cannotForecast?(set: SeriesSet): readonly string[];
  /** Frees what it holds. */
  dispose(): void;
}

/** How a predictor is written into a model folder, and found again: `predictorKinds` has the way back. */
export interface Saving {
  /** A row of `predictorKinds`. */
  readonly kind: string;
  /** JSON: members of `config.json`. */
  readonly state: object;
  /** The predictors it is made of, each in a folder of its own: `members/0`, `members/1` … */
  readonly members?: readonly Predictor[] | undefined;
  /** What stands beside `config.json`, by name. */
  files?(): Promise<Readonly<Record<string, Uint8Array>>>;
}
