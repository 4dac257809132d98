import { RidgeSystem } from './algebra/ridge-system.ts';
import { Workspace } from './algebra/workspace.ts';
import { badOption, checkKeys, checkWhole } from './fit/check-options.ts';
import { addRows } from './moments/add-rows.ts';
import { ridgeProblem } from './moments/intercept.ts';
import { emptyMoments } from './moments/moments.ts';
import { regressionOf } from './moments/regression.ts';

/** What is solved. */
export interface RidgeEquationOptions {
  /** Numbers in a row of inputs. */
  readonly features: number;
  /** Numbers in a row of outputs. */
  readonly outputs: number;
  /** One solution for each; in units of the mean diagonal of XᵀX unless `absolute`. Above 0. */
  readonly lambdas: readonly number[];
  /** λ as it stands in the equations, as scikit-learn's `alpha`; default false. */
  readonly absolute?: boolean | undefined;
  /** A constant for each output that is not penalised; default true. */
  readonly intercept?: boolean | undefined;
  /** How much each row counts; default 1. A row of weight 2 is that row twice. */
  readonly weights?: ArrayLike<number> | undefined;
}

/** One ridge regression. */
export interface RidgeSolution {
  /** As it was given. */
  readonly lambda: number;
  /** `[features, outputs]` */
  readonly weights: Float64Array;
  /** `[outputs]` */
  readonly intercept: Float64Array;
}

/**
 * Ridge regression in closed form: for each λ the W and b with the smallest Σ weight · |y − x W − b|² + λ |W|². One
 * decomposition serves all λ and all outputs.
 *
 * @param x `[rows, features]`, row-major
 * @param y `[rows, outputs]`
 * @throws LinearError `linear/shape`, `linear/option`, `linear/unknown-option`, `linear/not-positive`
 */
export async function ridge(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: RidgeEquationOptions,
): Promise<readonly RidgeSolution[]> {
  const { features, outputs, lambdas, absolute = false, intercept = true, weights } = options;
  const rows = checked(x, y, options);
  const size = features + outputs + 1;
  const joined = new Float64Array(rows * size).fill(1);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < features; i++) joined[row * size + i] = x[row * features + i]!;
    for (let h = 0; h < outputs; h++) joined[row * size + features + h] = y[row * outputs + h]!;
  }
  const space = await Workspace.open();
  const moments = emptyMoments(size);
  addRows(space, moments, joined, weights);
  const inputs = Int32Array.from({ length: features + 1 }, (_, i) => (i < features ? i : size - 1));
  const targets = Int32Array.from({ length: outputs }, (_, h) => features + h);
  const problem = ridgeProblem(regressionOf(moments, { inputs, outputs: targets }), intercept);
  return space.scope(() => {
    const system = new RidgeSystem(space, features, problem.gram);
    const side = system.rightSide(problem.cross);
    return lambdas.map((lambda) => {
      const whole = problem.withIntercept(system.solve(side, absolute ? lambda : lambda * problem.unit));
      return { lambda, weights: whole.slice(0, features * outputs), intercept: whole.slice(features * outputs) };
    });
  });
}

function checked(x: ArrayLike<number>, y: ArrayLike<number>, options: RidgeEquationOptions): number {
  checkKeys('ridge', options, ['features', 'outputs', 'lambdas', 'absolute', 'intercept', 'weights']);
  const { features, outputs, lambdas, weights } = options;
  checkWhole('features', features, 1);
  checkWhole('outputs', outputs, 1);
  const rows = x.length / features;
  if (!Number.isInteger(rows) || rows === 0 || y.length !== rows * outputs) {
    throw badOption('y', `${outputs} numbers for each row of ${features} in x (${x.length} numbers)`, y.length);
  }
  const isPositive = (value: number): boolean => Number.isFinite(value) && value > 0;
  if (!Array.isArray(lambdas) || lambdas.length === 0 || !lambdas.every(isPositive)) {
    throw badOption('lambdas', 'numbers above 0, at least one', lambdas);
  }
  if (weights && (weights.length !== rows || Array.from(weights).some((weight) => !(weight >= 0)))) {
    throw badOption('weights', `a number of at least 0 for each of ${rows} rows`, weights.length);
  }
  return rows;
}
