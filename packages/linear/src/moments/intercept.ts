import type { Regression } from './regression.ts';

/** A regression whose last input column is 1, made ready for a ridge that penalises all weights but the intercept. */
export interface RidgeProblem {
  /** Without the column of ones. */
  readonly features: number;
  readonly outputs: number;
  readonly gram: Float64Array;
  readonly cross: Float64Array;
  /** λ is told in units of this: the mean of the diagonal of `gram` (1 when that is 0). */
  readonly unit: number;
  /** The weights with the intercept as last row, `[features + 1, outputs]`. */
  withIntercept(weights: Float64Array): Float64Array;
}

/**
 * Takes the column of ones out: with an intercept by subtracting the means of all other columns, which is what an
 * intercept without penalty comes to; without one by leaving it out.
 */
export function ridgeProblem({ features: all, outputs, gram, cross }: Regression, intercept: boolean): RidgeProblem {
  const features = all - 1;
  const count = gram[all * all - 1]!;
  const inputMeans = Float64Array.from({ length: features }, (_, i) =>
    intercept ? gram[features * all + i]! / count : 0,
  );
  const outputMeans = Float64Array.from({ length: outputs }, (_, h) =>
    intercept ? cross[features * outputs + h]! / count : 0,
  );
  const ownGram = new Float64Array(features * features);
  const ownCross = new Float64Array(features * outputs);
  let trace = 0;
  for (let i = 0; i < features; i++) {
    const mean = count * inputMeans[i]!;
    for (let j = 0; j < features; j++) ownGram[i * features + j] = gram[i * all + j]! - mean * inputMeans[j]!;
    for (let h = 0; h < outputs; h++) ownCross[i * outputs + h] = cross[i * outputs + h]! - mean * outputMeans[h]!;
    trace += ownGram[i * features + i]!;
  }
  return {
    features,
    outputs,
    gram: ownGram,
    cross: ownCross,
    unit: trace > 0 ? trace / features : 1,
    withIntercept: (weights) => {
      const whole = new Float64Array(all * outputs);
      whole.set(weights);
      whole.set(outputMeans, features * outputs);
      for (let i = 0; i < features; i++) {
        for (let h = 0; h < outputs; h++) {
          whole[features * outputs + h]! -= inputMeans[i]! * weights[i * outputs + h]!;
        }
      }
      return whole;
    },
  };
}
