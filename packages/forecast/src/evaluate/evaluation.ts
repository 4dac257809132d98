/** How good forecasts of one method were over the same windows. Errors in the data's unit, sMAPE in percent. */
export interface EvaluationRow {
  /** `nhits`, `naive`, `seasonal naive`. */
  readonly method: string;
  readonly mae: number;
  readonly rmse: number;
  readonly smape: number;
  /** Mean over the series; 1 = as good as the seasonal naive forecast is, one step ahead, inside the training part. */
  readonly mase: number;
}

/** A model beside the naive forecasts, on data that it has not seen. */
export interface Evaluation {
  readonly horizon: number;
  /** Windows compared: every origin (stride 1) whose targets all lie in unseen data. */
  readonly windows: number;
  readonly series: number;
  /** Time steps of the seasonal naive forecast and of MASE; 1 = no season, then there is no seasonal row. */
  readonly seasonLength: number;
  /** Milliseconds since the epoch: the first and last time step forecast. */
  readonly from: number;
  readonly to: number;
  /** The model first. */
  readonly rows: readonly EvaluationRow[];
}
