/** Every way in which an option, an argument or a restored state can be refused. */
export type SchedulerErrorCode = 'schedulers/unknown-option' | 'schedulers/invalid-option';

/** `owner`: the function that refused; `option`: the option's name; `expected`: what it takes; `found`: its value. */
export interface SchedulerErrorDetails {
  readonly owner: string;
  readonly option: string;
  readonly expected: string;
  readonly found: unknown;
}

const marker = Symbol.for('nt.scheduler-error');

/** The only error that `@nt/schedulers` throws, always when a schedule is built or a state restored. */
export class SchedulerError extends Error {
  declare readonly code: SchedulerErrorCode;
  declare readonly details: SchedulerErrorDetails;

  constructor(code: SchedulerErrorCode, details: SchedulerErrorDetails) {
    // `[object Object]` alone would hide that what `oneCycle` gives holds a schedule.
    const holder = [details.found].flat().some((one) => (one as { learningRate?: unknown } | null)?.learningRate);
    const hint = holder ? ': pass its member learningRate' : '';
    super(`${details.owner}: expected ${details.option} to be ${details.expected}; found ${details.found}${hint}`);
    Object.assign(this, { name: 'SchedulerError', code, details, [marker]: true });
  }

  /** True for errors of this class, also when they come from a second installed copy of the package. */
  static isInstance(error: unknown): error is SchedulerError {
    return (error as Partial<Record<symbol, unknown>> | null)?.[marker] === true;
  }
}
