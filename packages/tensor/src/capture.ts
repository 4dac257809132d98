import type { Tensor } from './tensor.ts';

/** What a captured call depends on, beside what its function closes over and never changes. */
export interface CapturedCall<T extends Tensor> {
  /** Its values are copied to where the recorded commands read them. They stay the caller's. */
  readonly inputs: readonly T[];
  /** Tensors that the function reads or changes in place; others that it finds outside must keep their values. */
  readonly uses?: readonly T[];
  /** Says everything else that decides what the function does: another text is another recording. */
  readonly key: string;
}

/** What a captured call gives: tensors by name or in a list, some of them perhaps not there. */
export type CapturedResults<T extends Tensor> =
  | readonly T[]
  | { readonly [name: string]: T | readonly T[] | undefined };

/** What became of the calls of a site so far. */
export interface CaptureReport {
  /** Calls that were repetitions of recorded commands. */
  readonly replays: number;
  /** Calls that ran the function. */
  readonly eager: number;
  /** Recordings that are kept. */
  readonly recordings: number;
  /** Why the last recording was given up; undefined when none was. */
  readonly reason: string | undefined;
}

/**
 * One place of a program that calls the same function over and over. The first calls run it; when two recorded calls had
 * the engine do the same, later ones repeat the commands without running the function: the same bits at the cost of the
 * arithmetic.
 *
 * The function must do the same each time but for the values of tensors and for what it declares as changing: scalars by
 * `ElementwiseOptions.late`, keys of `randomUniform` by functions. It may not read values back. What does not hold is
 * noticed where two calls in a row differ; then the function is run each time.
 */
export interface CaptureSite<T extends Tensor> {
  /**
   * @param body gets the inputs; the tensors that it returns are the results
   * @returns the results as `body` named them, in repetitions too; they belong to the site and are valid until its next call
   */
  run<Results extends CapturedResults<T>>(call: CapturedCall<T>, body: (inputs: readonly T[]) => Results): Results;
  /** What was captured, and what was not and why. */
  report(): CaptureReport;
  /** Frees recordings and results. */
  dispose(): void;
}
