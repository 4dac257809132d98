import type { Moments } from '../moments/moments.ts';
import { type Candidate, type CandidateSetting, type ChosenCandidate, chooseLambda } from './candidate.ts';
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

/** Candidates with the λ that validation chose: those whose error is at most `tolerance` above the best one's. */
export function chooseCandidates(
  setting: CandidateSetting,
  candidates: readonly Candidate[],
  moments: { readonly train: TrainMoments; readonly validation: Moments },
  { lambdas, tolerance }: Pick<RidgeConfig, 'lambdas' | 'tolerance'>,
): readonly ChosenCandidate[] {
  const { train, validation } = moments;
  const steps = spreadSteps(setting.layout.horizon);
  const tried = candidates.map((candidate) =>
    chooseLambda(setting, candidate, train(candidate.halfLife), validation, lambdas, steps),
  );
  return tried.filter(({ validationMse }) => validationMse <= bestOf(tried) * (1 + tolerance));
}

/** The smallest validation error. */
export const bestOf = (chosen: readonly ChosenCandidate[]): number =>
  Math.min(...chosen.map(({ validationMse }) => validationMse));

function spreadSteps(horizon: number): Int32Array {
  const count = Math.min(horizon, mostSteps);
  return Int32Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * horizon) / count));
}
