/** Every way in which a queue or a job can be refused; closed, so that callers can switch over it. */
export type JobsErrorCode = 'jobs/option' | 'jobs/damaged' | 'jobs/unreachable' | 'jobs/failed' | 'jobs/not-installed';

const marker = Symbol.for('nt.jobs-error');

/** The only error that `@nt/jobs` throws itself: what was expected, what was found, what to do. */
export class JobsError extends Error {
  readonly code: JobsErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: JobsErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'JobsError';
    this.code = code;
    this.details = details;
    Object.defineProperty(this, marker, { value: true });
  }

  /** True for errors of this class, also when they come from a second installed copy of the package. */
  static isInstance(error: unknown): error is JobsError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}
