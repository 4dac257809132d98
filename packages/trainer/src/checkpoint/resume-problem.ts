import { TrainerError, type TrainerErrorCode } from '../trainer-error.ts';

/**
 * The error for a checkpoint that a run cannot go on from. `details.problem` is the message without its remedy: a program
 * whose options have other names puts its own behind it.
 */
export function resumeProblem(
  code: TrainerErrorCode,
  problem: string,
  remedy: string,
  details: Readonly<Record<string, unknown>> = {},
  cause?: unknown,
): TrainerError {
  return new TrainerError(code, `${problem} ${remedy}`, { problem, remedy, ...details }, cause);
}
