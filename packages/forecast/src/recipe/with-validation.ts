import type { StepRanges, TimeSplit } from '@nt/data';

/** Training and validation part as one, from the first step of the one to the last of the other. */
export function joinedParts({ train, validation }: TimeSplit): StepRanges {
  const ends = train.ends.map((end, series) =>
    validation.ends[series]! > validation.starts[series]! ? Math.max(end, validation.ends[series]!) : end,
  );
  return { starts: train.starts, ends };
}

/** Parts of a fit that learns from the validation part too, so that nothing can be chosen by it any more. */
export function withValidation(split: TimeSplit): TimeSplit {
  const train = joinedParts(split);
  return { ...split, train, validation: { starts: train.ends, ends: train.ends } };
}
