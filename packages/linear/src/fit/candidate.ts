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

/** Tries every λ of a list on validation windows. `steps` are the horizon steps that are looked at, from 0. */
export function chooseLambda(
  setting: CandidateSetting,
  candidate: Candidate,
  train: Moments,
  validation: Moments,
  lambdas: readonly number[],
  steps: Int32Array,
): ChosenCandidate {
  const { space } = setting;
  const problem = ridgeProblem(regression(setting, candidate, train, steps), setting.intercept);
  const judged = regression(setting, candidate, validation, steps);
  const windows = judged.gram.at(-1)!;
  return space.scope(() => {
    const system = new RidgeSystem(space, problem.features, problem.gram, problem.cross);
    const tried = lambdas.map((lambda) => {
      const weights = problem.withIntercept(system.solve(lambda * problem.unit));
      return { lambda, validationMse: squaredError(space, judged, weights) / (windows * steps.length) };
    });
    const best = tried.reduce((a, b) => (b.validationMse < a.validationMse ? b : a));
    return { ...candidate, ...best };
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
  const { space, layout } = setting;
  const { horizon } = layout;
  const problem = ridgeProblem(regression(setting, candidate, train, allSteps(horizon)), setting.intercept);
  const own = space.scope(() => {
    const system = new RidgeSystem(space, problem.features, problem.gram, problem.cross);
    return problem.withIntercept(system.solve(candidate.lambda * problem.unit));
  });
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
