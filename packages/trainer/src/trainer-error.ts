/** What can go wrong in a run, its checkpoints and its losses. */
export type TrainerErrorCode =
  | 'trainer/bad-option'
  | 'trainer/unknown-option'
  | 'trainer/bad-batch'
  | 'trainer/bad-shape'
  | 'trainer/unknown-metric'
  | 'trainer/non-finite'
  | 'trainer/no-checkpoint'
  | 'trainer/corrupt-checkpoint'
  | 'trainer/foreign-checkpoint'
  | 'trainer/config-changed'
  | 'trainer/locked'
  | 'trainer/storage'
  | 'trainer/data'
  | 'trainer/model'
  | 'trainer/optimizer'
  | 'trainer/unexpected'
  | 'trainer/precision'
  | 'trainer/no-batch-fits';

const brand = Symbol.for('nt.trainer-error');

/** The one error class of `@nt/trainer`. The message says what was expected, what was found, and what to do. */
export class TrainerError extends Error {
  readonly code: TrainerErrorCode;
  /** What the message is made of, for programs. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: TrainerErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'TrainerError';
    this.code = code;
    this.details = details;
    Object.defineProperty(this, brand, { value: true });
  }

  /** True also for errors of another installed copy of this package, where `instanceof` fails. */
  static isInstance(value: unknown): value is TrainerError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
  }
}
