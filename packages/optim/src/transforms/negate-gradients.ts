import { type GradientTransform, type TransformStep, transformStep } from '../gradient-transform.ts';

/** Turns descent into ascent: `g ← −g`. The first step of every recipe with `maximize`, as in PyTorch. */
export function negateGradients(): GradientTransform {
  return { name: 'negateGradients', steps: negatedIf(true) };
}

/** The step, or none. */
export function negatedIf(maximize: boolean | undefined): readonly TransformStep[] {
  if (!maximize) return [];
  return [transformStep({ name: 'negateGradients', write: () => ({ factor: -1 }) })];
}
