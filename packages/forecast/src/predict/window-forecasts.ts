/** Forecasts for windows, in the data's unit. */
export interface WindowForecasts {
  /** `[windows, horizon]`, row-major. */
  readonly point: Float64Array;
  /** One `[windows, horizon]` for each quantile that was asked for, in that order. */
  readonly quantiles: readonly Float64Array[];
}
