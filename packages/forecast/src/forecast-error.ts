/** What can go wrong with a forecaster. Errors of the data, the model or the trainer come through as their own. */
export type ForecastErrorCode =
  | 'forecast/option'
  | 'forecast/unknown-option'
  | 'forecast/no-quantiles'
  | 'forecast/frequency'
  | 'forecast/too-short'
  | 'forecast/covariates'
  | 'forecast/no-windows'
  | 'forecast/model-file'
  | 'forecast/cannot-save'
  | 'forecast/cannot-export'
  | 'forecast/fold'
  | 'forecast/job-lost'
  | 'forecast/no-model'
  | 'forecast/exists'
  | 'forecast/busy'
  | 'forecast/disposed'
  | 'forecast/stopped'
  | 'forecast/nothing-open';

const brand = Symbol.for('nt.forecast-error');

/** The one error class of `@nt/forecast`. The message says what was expected, what was found, and what to do. */
export class ForecastError extends Error {
  readonly code: ForecastErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ForecastErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ForecastError';
    this.code = code;
    this.details = details;
    Object.defineProperty(this, brand, { value: true });
  }

  /** True also for errors of another installed copy of this package, where `instanceof` fails. */
  static isInstance(value: unknown): value is ForecastError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
  }
}
