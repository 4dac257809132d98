import type { Moments } from '../moments/moments.ts';
import {
  type Candidate,
  type CandidateSetting,
  type ChosenCandidate,
  type TriedCandidate,
  tryCandidate,
} from './candidate.ts';
import { meanOf } from './mean-of.ts';
import type { RidgeConfig } from './ridge-options.ts';

/** Horizon steps by which λ and look-back are chosen: as good as all of them, and cheaper. */
const mostSteps = 24;

/** Every look-back with every centre and half-life. */
export function candidatesOf(
  lookbacks: readonly number[],
  halfLives: readonly (number | null)[],
  { centres, season }: RidgeConfig,
): readonly Candidate[] {
  const steps = [...new Set(centres.map((centre) => (centre === 'last' ? 1 : season)))];
  return halfLives.flatMap((halfLife) =>
    lookbacks.flatMap((lookback) => steps.map((centreSteps) => ({ halfLife, lookback, centreSteps }))),
  );
}

/** Moments of the training windows, by how fast these are forgotten. */
export type TrainMoments = (halfLife: number | null) => Moments;

/** Candidates that are averaged, and their average. */
export interface AveragedCandidates {
  readonly candidates: readonly ChosenCandidate[];
  /** `[input columns, horizon]` */
  readonly weights: Float64Array;
}

/** Candidates with the λ that validation chose: those whose error is at most `tolerance` above the best one's. */
export function chooseCandidates(
  setting: CandidateSetting,
  candidates: readonly Candidate[],
  moments: { readonly train: TrainMoments; readonly validation: Moments },
  { lambdas, tolerance }: Pick<RidgeConfig, 'lambdas' | 'tolerance'>,
): AveragedCandidates {
  const { train, validation } = moments;
  const steps = spreadSteps(setting.layout.horizon);
  let best = Number.POSITIVE_INFINITY;
  let kept: TriedCandidate[] = [];
  const isWorthwhile = (mse: number): boolean => mse <= Math.min(best, mse) * (1 + tolerance);
  for (const candidate of candidates) {
    const trial = { validation, lambdas, steps, isWorthwhile };
    const tried = tryCandidate(setting, candidate, train(candidate.halfLife), trial);
    best = Math.min(best, tried.chosen.validationMse);
    kept = [...kept, tried].filter(({ chosen }) => isWorthwhile(chosen.validationMse));
  }
  return { candidates: kept.map(({ chosen }) => chosen), weights: meanOf(kept.map(({ weights }) => weights!)) };
}

function spreadSteps(horizon: number): Int32Array {
  const count = Math.min(horizon, mostSteps);
  return Int32Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * horizon) / count));
}
