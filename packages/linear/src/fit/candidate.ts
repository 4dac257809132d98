import { RidgeSystem } from '../algebra/ridge-system.ts';
import type { Workspace } from '../algebra/workspace.ts';
import { ridgeProblem } from '../moments/intercept.ts';
import { inputColumns, type LagLayout } from '../moments/lag-layout.ts';
import type { Moments } from '../moments/moments.ts';
import { type Centre, type Columns, type Regression, regressionOf } from '../moments/regression.ts';
import { squaredError } from '../moments/squared-error.ts';

/** A ridge that is tried: how far it looks back, what it subtracts from each window, and how fast it forgets. */
export interface Candidate {
  /** Time steps after which a window counts half; null = never. */
  readonly halfLife: number | null;
  /** Time steps. */
  readonly lookback: number;
  /** The centre is the mean of so many last steps; 1 = the last value. */
  readonly centreSteps: number;
}

/** A candidate with the λ that validation chose. */
export interface ChosenCandidate extends Candidate {
  /** In units of the mean of the diagonal of the normal equations. */
  readonly lambda: number;
  /** Mean squared error over the validation windows, in scaled units. */
  readonly validationMse: number;
}

/** Where and how candidates are solved. */
export interface CandidateSetting {
  readonly space: Workspace;
  readonly layout: LagLayout;
  readonly intercept: boolean;
}

/** A candidate that was tried, and what it came to. */
export interface TriedCandidate {
  readonly chosen: ChosenCandidate;
  /** As those of `candidateWeights`; null when the candidate was not worth the solution. */
  readonly weights: Float64Array | null;
}

/** How candidates are judged. */
export interface Trial {
  readonly validation: Moments;
  readonly lambdas: readonly number[];
  /** Horizon steps that are looked at, from 0. */
  readonly steps: Int32Array;
  /** Whether a candidate of this error may be used. */
  isWorthwhile(validationMse: number): boolean;
}

/** Tries every λ of a list on validation windows. */
export function tryCandidate(
  setting: CandidateSetting,
  candidate: Candidate,
  train: Moments,
  { validation, lambdas, steps, isWorthwhile }: Trial,
): TriedCandidate {
  const { space, intercept } = setting;
  const whole = ridgeProblem(regression(setting, candidate, train, allSteps(setting.layout.horizon)), intercept);
  const part = ridgeProblem(regression(setting, candidate, train, steps), intercept);
  const judged = regression(setting, candidate, validation, steps);
  const count = judged.gram.at(-1)! * steps.length;
  return space.scope(() => {
    const system = new RidgeSystem(space, part.features, part.gram);
    const side = system.rightSide(part.cross);
    const tried = lambdas.map((lambda) => {
      const weights = part.withIntercept(system.solve(side, lambda * part.unit));
      return { lambda, validationMse: squaredError(space, judged, weights) / count };
    });
    const best = tried.reduce((a, b) => (b.validationMse < a.validationMse ? b : a));
    const chosen = { ...candidate, ...best };
    if (!isWorthwhile(best.validationMse)) return { chosen, weights: null };
    const solved = system.solve(system.rightSide(whole.cross), best.lambda * whole.unit);
    return { chosen, weights: withoutCentre(setting, candidate, whole.withIntercept(solved)) };
  });
}

/**
 * The weights of a candidate over all input columns of the layout, without a centre: what is subtracted and added again
 * is part of the weights. `[input columns, horizon]`
 */
export function candidateWeights(
  setting: CandidateSetting,
  candidate: Candidate & { readonly lambda: number },
  train: Moments,
): Float64Array {
  const { space, layout, intercept } = setting;
  const problem = ridgeProblem(regression(setting, candidate, train, allSteps(layout.horizon)), intercept);
  return space.scope(() => {
    const system = new RidgeSystem(space, problem.features, problem.gram);
    const solved = system.solve(system.rightSide(problem.cross), candidate.lambda * problem.unit);
    return withoutCentre(setting, candidate, problem.withIntercept(solved));
  });
}

function withoutCentre({ layout }: CandidateSetting, candidate: Candidate, own: Float64Array): Float64Array {
  const { horizon } = layout;
  const unused = layout.lookback - candidate.lookback;
  const weights = new Float64Array((layout.size - horizon) * horizon);
  weights.set(own, unused * horizon);
  for (let h = 0; h < horizon; h++) {
    let rest = 1;
    for (let lag = unused; lag < layout.lookback; lag++) rest -= weights[lag * horizon + h]!;
    for (let lag = layout.lookback - candidate.centreSteps; lag < layout.lookback; lag++) {
      weights[lag * horizon + h]! += rest / candidate.centreSteps;
    }
  }
  return weights;
}

/** Every step of a horizon. */
export const allSteps = (horizon: number): Int32Array => Int32Array.from({ length: horizon }, (_, step) => step);

function regression(
  { layout }: CandidateSetting,
  { lookback, centreSteps }: Candidate,
  moments: Moments,
  steps: Int32Array,
): Regression {
  const columns: Columns = {
    inputs: inputColumns(layout, lookback),
    outputs: steps.map((step) => layout.lookback + step),
  };
  const centre: Centre = { weights: new Float64Array(layout.size), from: new Uint8Array(layout.size) };
  centre.weights.fill(1 / centreSteps, layout.lookback - centreSteps, layout.lookback);
  centre.from.fill(1, 0, layout.lookback + layout.horizon);
  return regressionOf(moments, columns, centre);
}
