/** How forecasts are judged. */
export interface EvaluateOptions {
  /** Time steps of a season, for the seasonal naive forecast and MASE; default by frequency (7 for days, 24 for hours …). */
  readonly seasonLength?: number | undefined;
}
