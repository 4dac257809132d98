/** What can be wrong with the options, the data or the files of a linear model. Errors of the data come through as their own. */
export type LinearErrorCode =
  | 'linear/option'
  | 'linear/unknown-option'
  | 'linear/shape'
  | 'linear/too-few-windows'
  | 'linear/too-large'
  | 'linear/covariates'
  | 'linear/not-positive'
  | 'linear/no-equations'
  | 'linear/model-file';

const brand = Symbol.for('nt.linear-error');

/** The one error class of `@nt/linear`. The message says what was expected, what was found, and what to do. */
export class LinearError extends Error {
  readonly code: LinearErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: LinearErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'LinearError';
    this.code = code;
    this.details = details;
    Object.defineProperty(this, brand, { value: true });
  }

  /** True also for errors of another installed copy of this package, where `instanceof` fails. */
  static isInstance(value: unknown): value is LinearError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
  }
}
