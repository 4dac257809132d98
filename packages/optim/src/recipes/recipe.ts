import type { GradientTransform, TransformStep } from '../gradient-transform.ts';

/** A named list of the steps of other transforms. */
export function recipe(
  name: string,
  ...parts: readonly (GradientTransform | readonly TransformStep[])[]
): GradientTransform {
  return { name, steps: parts.flatMap((part) => ('steps' in part ? part.steps : part)) };
}
