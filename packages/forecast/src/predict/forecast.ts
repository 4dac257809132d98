import type { Interval } from './levels.ts';

/** What comes next for one series. */
export interface SeriesForecast {
  readonly id: string;
  /** Milliseconds since the epoch of each forecast time step. */
  readonly times: readonly number[];
  /** In the data's unit, one for each time step. */
  readonly values: Float64Array;
  /** One array for each quantile of the forecast, in the data's unit. */
  readonly quantiles: readonly Float64Array[];
  /** The central intervals that these quantiles make, narrow ones first. */
  readonly intervals: readonly Interval[];
}

/** Something that a person should know before trusting a forecast. */
export interface ForecastNotice {
  readonly code:
    | 'padded'
    | 'not-forecast'
    | 'new-series'
    | 'older'
    | 'gap'
    | 'other-target'
    | 'unseen-level'
    | 'recursive';
  readonly message: string;
}

/** The next `horizon` time steps of every series that could be forecast, in the order of the data. */
export interface Forecast {
  readonly horizon: number;
  /** The quantiles that were asked for. */
  readonly quantiles: readonly number[];
  readonly series: readonly SeriesForecast[];
  readonly notices: readonly ForecastNotice[];
}
