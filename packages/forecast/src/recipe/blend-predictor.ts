import type { SeriesSet, Windows } from '@nt/data';
import type { Json } from '@nt/tensor';
import type { ConformalState } from '../combine/calibrated-predictor.ts';
import { conformal, conformalFromJson } from '../combine/conformal.ts';
import { ensemble } from '../combine/ensemble.ts';
import type { EvaluateOptions } from '../evaluate/evaluate-options.ts';
import { evaluateUnseen } from '../evaluate/evaluate-unseen.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { Predictor } from '../predictor.ts';
import { jsonFile } from '../saved/read-json-file.ts';
import type { TrainingData } from '../saved/training-data.ts';
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
  /** How it was judged when it was saved; null when it was not. */
  readonly evaluation: Json | null;
  /** What was chosen, and why. */
  describe(): Json;
  /**
   * Compares it with the naive forecasts over every window (stride 1) whose targets it has not seen.
   *
   * @throws ForecastError `forecast/no-windows` when `set` holds no unseen window
   */
  evaluate(set: SeriesSet, options?: EvaluateOptions): Promise<Evaluation>;
}

/** The row of `predictorKinds`. */
const kind = 'blend';

/** Whether a predictor, loaded perhaps, is a blend. */
export const isBlend = (predictor: Predictor): predictor is BlendPredictor => predictor.saving?.kind === kind;

/** A blend but its predictors and what these have seen: JSON. */
export interface SavedBlend {
  readonly names: readonly string[];
  readonly weights: readonly number[];
  readonly explanation: BlendExplanation;
  readonly calibration: ConformalState;
}

/** Intervals of a blend's errors. @param windows which no member was trained on */
export const blendIntervals = async (members: readonly BlendMember[], windows: Windows): Promise<ConformalState> =>
  (await conformal(joined(members), windows)).calibration;

/**
 * @param members at least one
 * @param trainedOn what members, weights and intervals have seen
 */
export function blendPredictor(
  members: readonly BlendMember[],
  calibration: ConformalState,
  explanation: BlendExplanation,
  trainedOn: TrainingData,
): BlendPredictor {
  const saved = {
    names: members.map(({ name }) => name),
    weights: members.map(({ weight }) => weight),
    explanation,
    calibration,
  };
  return blendFromState(
    members.map(({ predictor }) => predictor),
    saved,
    trainedOn,
  );
}

/** The blend that was saved. */
export function blendFromState(
  predictors: readonly Predictor[],
  blend: SavedBlend,
  trainedOn: TrainingData | undefined,
  evaluation: Json | null = null,
): BlendPredictor {
  const members = predictors.map((predictor, k) => ({ name: blend.names[k]!, weight: blend.weights[k]!, predictor }));
  const own: BlendPredictor = {
    ...conformalFromJson(joined(members), blend.calibration, trainedOn),
    method: methodOf(members),
    saving: {
      kind,
      state: { blend },
      members: predictors,
      files: async () => (evaluation ? { 'metrics.json': jsonFile(evaluation) } : {}),
    },
    members,
    evaluation,
    describe: () => blend.explanation as unknown as Json,
    evaluate: (set, options = {}) => evaluateUnseen(own, set, options),
  };
  return own;
}

const joined = (members: readonly BlendMember[]): Predictor =>
  ensemble(
    members.map(({ predictor }) => predictor),
    { weights: members.map(({ weight }) => weight), method: methodOf(members) },
  );

const methodOf = (members: readonly BlendMember[]): string =>
  members.length === 1 ? members[0]!.name : `blend of ${members.length}`;
