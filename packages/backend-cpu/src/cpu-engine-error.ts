/** What can go wrong inside the engine; problems between a program and any engine are `TensorError`s. */
export type CpuEngineErrorCode =
  | 'backend-cpu/option'
  | 'backend-cpu/kernels-unavailable'
  | 'backend-cpu/out-of-memory'
  | 'backend-cpu/worker-failed'
  | 'backend-cpu/rule-too-large';

const brand = Symbol.for('nt.cpu-engine-error');

/** The one error class of this package. The message says what was expected, what was found, and what to do. */
export class CpuEngineError extends Error {
  readonly code: CpuEngineErrorCode;
  /** What the message is made of, for programs. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: CpuEngineErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CpuEngineError';
    this.code = code;
    this.details = details;
    Object.defineProperty(this, brand, { value: true });
  }

  /** True also for errors of another installed copy of this package, where `instanceof` fails. */
  static isInstance(value: unknown): value is CpuEngineError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
  }
}
