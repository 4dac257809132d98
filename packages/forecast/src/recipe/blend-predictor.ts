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
  const names = members.map(({ name }) => name);
  const blend: SavedBlend = { names, weights: members.map(({ weight }) => weight), explanation };
  const saving = { ...joined.saving!, kind: 'blend', state: { blend } };
  return { ...joined, saving, members, describe: () => explanation as unknown as Json };
}

/** A blend but its predictors: JSON. */
export interface SavedBlend {
  readonly names: readonly string[];
  readonly weights: readonly number[];
  readonly explanation: BlendExplanation;
}

/** The blend that was saved. */
export function blendFromState(
  predictors: readonly Predictor[],
  { names, weights, explanation }: SavedBlend,
): Predictor {
  const members = predictors.map((predictor, k) => ({ name: names[k]!, weight: weights[k]!, predictor }));
  return blendPredictor(members, explanation);
}

const methodOf = (members: readonly BlendMember[]): string =>
  members.length === 1 ? members[0]!.name : `blend of ${members.length}`;
