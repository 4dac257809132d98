import type { Windows } from '@nt/data';
import type { Json } from '@nt/tensor';
import type { ConformalState } from '../combine/calibrated-predictor.ts';
import { conformal } from '../combine/conformal.ts';
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

/** Several predictors as one, chosen and weighed by validation, with intervals of its errors there. Disposing it disposes them. */
export interface BlendPredictor extends Predictor {
  readonly members: readonly BlendMember[];
  /** What the intervals are made of. */
  readonly calibration: ConformalState;
  /** What was chosen, and why. */
  describe(): Json;
}

/**
 * @param members at least one
 * @param validation windows whose errors give the intervals
 */
export async function blendPredictor(
  members: readonly BlendMember[],
  validation: Windows,
  explanation: BlendExplanation,
): Promise<BlendPredictor> {
  const method = methodOf(members);
  const joined = ensemble(
    members.map(({ predictor }) => predictor),
    { weights: members.map(({ weight }) => weight), method },
  );
  const calibrated = await conformal(joined, validation);
  return { ...calibrated, method, members, describe: () => explanation as unknown as Json };
}

const methodOf = (members: readonly BlendMember[]): string =>
  members.length === 1 ? members[0]!.name : `blend of ${members.length}`;
