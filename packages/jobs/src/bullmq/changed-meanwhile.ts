/**
 * Whether BullMQ refused a change because somebody else has changed the job between the look and the change: it is gone,
 * another worker's, or in another state. That is no error of who asked.
 */
export const isChangedMeanwhile = (error: unknown): boolean =>
  /^(Missing (key|lock) for job|Lock mismatch for job|Job \S+ is not in the \S+ state|Job \S+ could not be removed because it is locked)/.test(
    (error as Error).message,
  );

/** How often a job is looked at anew before its changes are believed to be no accident. */
const turns = 20;

/** Looks and changes; looks anew when somebody else was quicker. */
export async function lookingAnew<Result>(lookAndChange: () => Promise<Result>): Promise<Result> {
  for (let turn = 1; turn < turns; turn++)
    try {
      return await lookAndChange();
    } catch (error) {
      if (!isChangedMeanwhile(error)) throw error;
    }
  return lookAndChange();
}
