/**
 * A hyperparameter over time: the value that the next update uses, given how many updates are complete.
 *
 * Pure, so a run resumes from the count alone. The count is a whole number ≥ 0 and is not checked, because a
 * schedule is called for every update. Past its end every schedule has a value; each says which.
 */
export type Schedule = (completedUpdates: number) => number;
