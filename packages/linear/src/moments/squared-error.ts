import { multiply } from '../algebra/multiply.ts';
import type { Workspace } from '../algebra/workspace.ts';
import type { Regression } from './regression.ts';

/**
 * Σ (y − x W)² over all rows and outputs of a regression, from its moments alone: yᵀy − 2 tr(Wᵀ Xᵀy) + tr(Wᵀ XᵀX W).
 *
 * @param weights `[features, outputs]`
 */
export function squaredError(space: Workspace, regression: Regression, weights: Float64Array): number {
  const { features, outputs, gram, cross, squares } = regression;
  const product = multiply(space, gram, weights, { m: features, k: features, n: outputs });
  let sum = 0;
  for (const square of squares) sum += square;
  for (let i = 0; i < weights.length; i++) sum += weights[i]! * (product[i]! - 2 * cross[i]!);
  return Math.max(0, sum);
}
