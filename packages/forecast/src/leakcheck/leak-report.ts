/** One number that should not have changed. */
export interface LeakDifference {
  /** The changed future with which it differs: `cut`, `shuffled` … */
  readonly future: string;
  /** `forecast`, `quantile 0.1`, or the name of a column. */
  readonly what: string;
  readonly series: string;
  /** Of the step, as the data write times. */
  readonly time: string;
  readonly was: number;
  readonly is: number;
}

/** Where a leak was looked for. */
export type LeakCheckName = 'split' | 'covariates' | 'forecasts' | 'windows' | 'reproducible' | (string & {});

/** One thing that was looked at. */
export interface LeakCheck {
  /**
   * `split`: the parts; `covariates`: columns and what `prepare` makes; `forecasts`: of what was trained again with another
   * future; `windows`: of one predictor over other futures; `reproducible`: only when something failed; others, such as
   * `scaler`, `early stopping`, `weights`: what the estimator shows of itself (`inspect`).
   */
  readonly name: LeakCheckName;
  readonly passed: boolean;
  /** What was compared, or what is wrong. */
  readonly detail: string;
  /** The first few. */
  readonly differences: readonly LeakDifference[];
}

/** What a leakcheck found. */
export interface LeakReport {
  readonly method: string;
  /** All checks passed. */
  readonly passed: boolean;
  readonly checks: readonly LeakCheck[];
}

/** A check that passed. */
export const passed = (name: LeakCheckName, detail: string): LeakCheck => {
  return { name, passed: true, detail, differences: [] };
};

/** A check that failed. */
export const failed = (name: LeakCheckName, detail: string, differences: readonly LeakDifference[] = []): LeakCheck => {
  return { name, passed: false, detail, differences: differences.slice(0, 5) };
};
