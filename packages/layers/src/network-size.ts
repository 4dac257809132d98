/** What a network is given and gives. */
export interface NetworkSize {
  /** Time steps that it looks back. */
  readonly inputSize: number;
  /** Time steps that it forecasts. */
  readonly horizon: number;
  /** Numbers forecast for each time step (quantiles, distribution parameters). */
  readonly outputs: number;
  /** Covariates known up to now, known ahead, and of the series. */
  readonly historic: number;
  readonly future: number;
  readonly static: number;
}
