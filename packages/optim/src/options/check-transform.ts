import type { GradientTransform } from '../gradient-transform.ts';
import { OptimError } from '../optim-error.ts';

/** @throws OptimError `optim/transform` for what is no transform, most often a recipe that was not called */
export function checkTransform(owner: string, value: unknown): GradientTransform {
  const { name, steps } = (value ?? {}) as Partial<GradientTransform>;
  if (typeof name === 'string' && Array.isArray(steps)) return value as GradientTransform;
  const remedy =
    typeof value === 'function' ? 'call the recipe, e.g. adamw({ … })' : 'pass a recipe, e.g. adamw({ … })';
  throw new OptimError('optim/transform', `${owner}: expected a transform; ${remedy}.`, { owner });
}
