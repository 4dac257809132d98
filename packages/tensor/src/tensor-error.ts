/** What can go wrong between a program and an engine. */
export type TensorErrorCode =
  | 'tensor/shape'
  | 'tensor/name'
  | 'tensor/rule'
  | 'tensor/option'
  | 'tensor/disposed'
  | 'tensor/backend-active'
  | 'tensor/backend-disposed'
  | 'tensor/backend-unavailable';

const brand = Symbol.for('nt.tensor-error');

/** The one error class of `@nt/tensor` and of the backends. The message says what was expected, found, and what to do. */
export class TensorError extends Error {
  readonly code: TensorErrorCode;
  /** What the message is made of, for programs. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: TensorErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'TensorError';
    this.code = code;
    this.details = details;
    Object.defineProperty(this, brand, { value: true });
  }

  /** True also for errors of another installed copy of this package, where `instanceof` fails. */
  static isInstance(value: unknown): value is TensorError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
  }
}
