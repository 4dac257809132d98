import { TrainerError, type TrainerErrorCode } from './trainer-error.ts';

/**
 * Runs code that is not the trainer's (a model, a batch source, a storage); what it throws or rejects with becomes the
 * cause of a TrainerError that says what was being done. A TrainerError passes as it is.
 *
 * @param action behind `Could not …`
 */
export function guarded<Result>(code: TrainerErrorCode, action: string, work: () => Result): Result {
  try {
    const result = work();
    if (!(result instanceof Promise)) return result;
    return result.catch((cause: unknown) => {
      throw foreignError(code, action, cause);
    }) as Result;
  } catch (cause) {
    throw foreignError(code, action, cause);
  }
}

/** The TrainerError for an error of code that is not the trainer's. */
export function foreignError(code: TrainerErrorCode, action: string, cause: unknown): TrainerError {
  if (TrainerError.isInstance(cause)) return cause;
  const { name, message, code: causeCode } = (cause ?? {}) as { name?: string; message?: string; code?: unknown };
  const shown = message === undefined ? String(cause) : `${causeCode ?? name ?? 'Error'}: ${message}`;
  return new TrainerError(code, `Could not ${action} (${shown}).`, { action, causeCode }, cause);
}
