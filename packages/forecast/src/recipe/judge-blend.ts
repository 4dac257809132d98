import { type SeriesSet, type TimeSplit, timeAt } from '@nt/data';
import type { Predictor } from '../predictor.ts';
import type { BlendVerdict } from './blend-explanation.ts';
import { type BlockTest, blockTest } from './block-test.ts';
import { isTooShort } from './is-too-short.ts';
import { gainsOf, type ScoredWindows } from './scored-windows.ts';
import { walkForwardEvidence } from './walk-forward-evidence.ts';

/**
 * Standard errors at which validation alone is believed: the blend was chosen among many by the same windows, so that two
 * are found by chance.
 */
const clear = 3;
/** Standard errors of both kinds of evidence together (Stouffer) that chance alone reaches once in ten times. */
const believed = 1.28;
/** Standard errors of validation that are believed where there is no other evidence. */
const believedAlone = 2;

/** What is compared. */
export interface Contest {
  readonly set: SeriesSet;
  readonly split: TimeSplit;
  readonly scored: ScoredWindows;
  /** Scaled forecasts of the validation windows. */
  readonly blend: Float64Array;
  readonly naive: Float64Array;
  readonly rule: Predictor;
}

/**
 * Whether a blend is better than a naive rule by more than chance; where it is not, the rule is the answer.
 *
 * Source: Stouffer et al. 1949, The American Soldier I (sum of standard scores over the root of their number).
 */
export async function judgeBlend({ set, split, scored, blend, naive, rule }: Contest): Promise<BlendVerdict> {
  const span = timeAt(set, 0, 2 * rule.horizon) - timeAt(set, 0, 0);
  const validation = blockTest(gainsOf(scored, blend, naive), span);
  const against = rule.method;
  const said = `${round(validation.t)} standard errors over ${validation.blocks} blocks of the validation part`;
  if (validation.t >= clear) {
    return {
      answer: 'blend',
      against,
      validation,
      walkForward: null,
      reason: `The blend beats ${against} by ${said}.`,
    };
  }
  const walkForward = await walk(set, split, rule, span);
  const wide = walkForward
    ? `a ridge does by ${round(walkForward.t)} over ${walkForward.blocks} blocks of a walk through the training part`
    : 'the training part is too short for a walk through it';
  const isBelieved = walkForward
    ? (validation.t + walkForward.t) / Math.SQRT2 >= believed
    : validation.t >= believedAlone;
  const verdict = { against, validation, walkForward };
  if (isBelieved) return { ...verdict, answer: 'blend', reason: `The blend beats ${against} by ${said}; ${wide}.` };
  const reason = `Nothing beats ${against} by more than chance: the blend does by ${said}; ${wide}. The forecast is that of ${against}.`;
  return { ...verdict, answer: 'naive', reason };
}

/** The verdict where a network was asked for by name, whatever validation says of it. */
export function unjudged({ set, scored, blend, naive, rule }: Contest): BlendVerdict {
  const span = timeAt(set, 0, 2 * rule.horizon) - timeAt(set, 0, 0);
  const validation = blockTest(gainsOf(scored, blend, naive), span);
  const against = rule.method;
  const reason = `The preset asks for this network; it beats ${against} by ${round(validation.t)} standard errors over ${validation.blocks} blocks of the validation part.`;
  return { answer: 'blend', against, validation, walkForward: null, reason };
}

/** Null where the data are too short for it. */
async function walk(set: SeriesSet, { train }: TimeSplit, rule: Predictor, span: number): Promise<BlockTest | null> {
  try {
    const test = blockTest(await walkForwardEvidence(set, train, rule), span);
    return test.blocks < 2 ? null : test;
  } catch (error) {
    if (isTooShort(error)) return null;
    throw error;
  }
}

const round = (value: number): string => value.toFixed(1);
