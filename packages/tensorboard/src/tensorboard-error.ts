/** Every way in which an argument can be refused. */
export type TensorboardErrorCode =
  | 'tensorboard/invalid-argument'
  | 'tensorboard/invalid-tag'
  | 'tensorboard/invalid-update'
  | 'tensorboard/invalid-values'
  | 'tensorboard/invalid-buckets'
  | 'tensorboard/invalid-hyperparameter'
  | 'tensorboard/invalid-status'
  | 'tensorboard/unknown-option'
  | 'tensorboard/not-png'
  | 'tensorboard/closed';

/** Facts behind a message, for programs. */
export type TensorboardErrorDetails = Readonly<Record<string, unknown>>;

const marker = Symbol.for('nt.tensorboard-error');

/** The only error of this package's own: what was expected, what was found, what to do. Errors of a sink pass through. */
export class TensorboardError extends Error {
  readonly code: TensorboardErrorCode;
  readonly details: TensorboardErrorDetails;

  constructor(code: TensorboardErrorCode, message: string, details: TensorboardErrorDetails = {}) {
    super(message);
    this.name = 'TensorboardError';
    this.code = code;
    this.details = details;
    Object.defineProperty(this, marker, { value: true });
  }

  /** True for errors of this class, also when they come from a second installed copy of the package. */
  static isInstance(error: unknown): error is TensorboardError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}
