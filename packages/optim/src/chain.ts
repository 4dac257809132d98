import type { GradientTransform } from './gradient-transform.ts';
import { OptimError } from './optim-error.ts';
import { checkTransform } from './options/check-transform.ts';

/**
 * One transform after the other: each sees gradient and weight as the ones before left them.
 *
 * The order is the meaning: `chain(addDecayedWeights(λ), scaleByAdam(), descend())` is L2 regularisation through Adam's
 * moments, with the first two exchanged the decay is decoupled. All elementwise parts run as one pass over memory.
 *
 * @throws OptimError `optim/transform` for an argument that is not a transform, or none at all
 */
export function chain(...transforms: readonly GradientTransform[]): GradientTransform {
  for (const [index, transform] of transforms.entries()) checkTransform(`chain: argument ${index + 1}`, transform);
  if (transforms.length === 0)
    throw new OptimError('optim/transform', 'chain: expected at least one transform, got none.');
  return {
    name: `chain(${transforms.map((transform) => transform.name).join(', ')})`,
    steps: transforms.flatMap((transform) => transform.steps),
  };
}
