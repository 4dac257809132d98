import type { GradientTransform, ParameterInfo, ParameterPredicate } from './gradient-transform.ts';
import { OptimError } from './optim-error.ts';
import { checkOptions } from './options/check-options.ts';
import { checkTransform } from './options/check-transform.ts';

/** Options of `onlyFor`. */
export interface OnlyForOptions {
  /** Prefix of the hyperparameters' names, so that `setHyperparameter('head.learningRate', …)` finds them. */
  readonly name?: string;
}

/**
 * Restricts a transform to some parameters (PyTorch's parameter groups). The others pass unchanged; a parameter that
 * no descending transform applies to is frozen.
 *
 *   chain(onlyFor(isHead, adamw({ learningRate: 1e-4 }), { name: 'head' }), onlyFor((p) => !isHead(p), adamw()))
 *
 * @throws OptimError `optim/option`
 */
export function onlyFor(
  predicate: ParameterPredicate,
  transform: GradientTransform,
  options: OnlyForOptions = {},
): GradientTransform {
  checkOptions('onlyFor', options, ['name']);
  if (typeof predicate !== 'function') {
    throw new OptimError('optim/option', `onlyFor: expected a function of { name, shape }, got ${typeof predicate}.`);
  }
  const { name } = options;
  if (name !== undefined && (typeof name !== 'string' || name === '')) {
    throw new OptimError('optim/option', `onlyFor.name: expected a text, got ${String(name)}.`, { name });
  }
  checkTransform('onlyFor', transform);
  const steps = transform.steps.map((step) => {
    const scope = [name, step.scope].filter((part) => part !== undefined).join('.');
    const appliesTo = (parameter: ParameterInfo): boolean =>
      predicate(parameter) && (step.appliesTo?.(parameter) ?? true);
    return { ...step, ...(scope && { scope }), appliesTo };
  });
  return { name: `onlyFor(${name ?? transform.name})`, steps };
}
