/** Windows gathered side by side; every array has exactly `size` rows. Masks: 1 = available, 0 = not (the value is 0). */
export interface Batch {
  /** Windows in this batch. */
  readonly size: number;
  /** `[size, inputSize]` */
  readonly input: Float32Array;
  /** `[size, inputSize]` */
  readonly inputMask: Float32Array;
  /** `[size, horizon]` */
  readonly target: Float32Array;
  /** `[size, horizon]` */
  readonly targetMask: Float32Array;
  /** `[size, inputSize, historic covariates]`, the layout of neuralforecast's `hist_exog`. */
  readonly historic?: Float32Array;
  /** `[size, inputSize + horizon, future covariates]` */
  readonly future?: Float32Array;
  /** `[size, static covariates]` */
  readonly static?: Float32Array;
  /** `[size]` weights of their series, when `windows` was given any. */
  readonly weights?: Float32Array;
  /** `[size]` numbers of the windows. */
  readonly windows: Float64Array;
  /** `[size]` positions of their series. */
  readonly series: Int32Array;
  /** `[size]` steps of their first targets. */
  readonly origins: Int32Array;
}
