/** What can go wrong between a training program and an optimizer. */
export type OptimErrorCode =
  | 'optim/option'
  | 'optim/unknown-option'
  | 'optim/out-of-range'
  | 'optim/transform'
  | 'optim/parameters'
  | 'optim/gradients'
  | 'optim/hyperparameter'
  | 'optim/snapshot-mismatch'
  | 'optim/weights-in-use'
  | 'optim/busy'
  | 'optim/disposed';

const brand = Symbol.for('nt.optim-error');

/** The one error class of `@nt/optim`. The message says what was expected, what was found, and what to do. */
export class OptimError extends Error {
  readonly code: OptimErrorCode;
  /** What the message is made of, for programs. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: OptimErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'OptimError';
    this.code = code;
    this.details = details;
    Object.defineProperty(this, brand, { value: true });
  }

  /** True also for errors of another installed copy of this package, where `instanceof` fails. */
  static isInstance(value: unknown): value is OptimError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
  }
}
