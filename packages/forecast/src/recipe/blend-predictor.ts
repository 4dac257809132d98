import type { Json } from '@nt/tensor';
import { ensemble } from '../combine/ensemble.ts';
import type { Predictor } from '../predictor.ts';
import type { BlendExplanation } from './blend-explanation.ts';

/** A member of a blend with its share. */
export interface BlendMember {
  readonly name: string;
  /** Above 0; all together are 1. */
  readonly weight: number;
  readonly predictor: Predictor;
}

/** Several predictors as one, chosen and weighed by validation. Disposing it disposes them. */
export interface BlendPredictor extends Predictor {
  readonly members: readonly BlendMember[];
  /** What was chosen, and why. */
  describe(): Json;
}

/** @param members at least one */
export function blendPredictor(members: readonly BlendMember[], explanation: BlendExplanation): BlendPredictor {
  const joined = ensemble(
    members.map(({ predictor }) => predictor),
    { weights: members.map(({ weight }) => weight), method: methodOf(members) },
  );
  return { ...joined, members, describe: () => explanation as unknown as Json };
}

const methodOf = (members: readonly BlendMember[]): string =>
  members.length === 1 ? members[0]!.name : `blend of ${members.length}`;
