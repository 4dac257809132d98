import type { Tensor, Variable } from '@nt/tensor';
import { OptimError } from '../optim-error.ts';
import type { OptimizerOptions } from '../optimizer.ts';
import { checkOptions } from '../options/check-options.ts';
import { checkTransform } from '../options/check-transform.ts';
import { checkInteger } from '../options/hyperparameter.ts';
import type { PlannedParameter } from './planned-parameter.ts';

/** Checks the options of `createOptimizer` and gives the parameters as a map. @throws OptimError */
export function checkOptimizerOptions<T extends Tensor>(
  options: OptimizerOptions<T>,
): ReadonlyMap<string, Variable<T>> {
  checkOptions('createOptimizer', options, [
    'ops',
    'parameters',
    'transform',
    'accumulate',
    'skipNonFinite',
    'captureSite',
  ]);
  checkInteger('createOptimizer.accumulate', options.accumulate ?? 1, 1);
  checkTransform('createOptimizer', options.transform);
  if (typeof options.ops?.elementwise !== 'function') {
    throw new OptimError(
      'optim/option',
      'createOptimizer.ops: expected the operations of an engine, e.g. backend.ops.',
    );
  }
  return variablesOf('createOptimizer', options.parameters);
}

/** @throws OptimError `optim/parameters` unless these are variables by name */
export function variablesOf<T extends Tensor>(
  owner: string,
  parameters: OptimizerOptions<T>['parameters'],
): ReadonlyMap<string, Variable<T>> {
  const map = parameters instanceof Map ? parameters : new Map(Object.entries(parameters ?? {}));
  for (const [name, variable] of map) {
    if (Array.isArray(variable?.shape) && typeof variable.assign === 'function') continue;
    throw new OptimError('optim/parameters', `${owner}: expected '${name}' to be a variable, with shape and assign.`, {
      name,
    });
  }
  if (map.size === 0) throw new OptimError('optim/parameters', `${owner}: expected at least one parameter, got none.`);
  return map;
}

/** @throws OptimError `optim/transform` when no parameter would ever change */
export function checkSomethingMoves<T extends Tensor>(
  transform: string,
  parameters: readonly PlannedParameter<T>[],
): void {
  const writes = parameters.some(({ group }) =>
    group.stages.some((stage) =>
      group.rule(stage, { scaled: false, gated: false })?.rule.outputs.some(([name]) => name === 'weight'),
    ),
  );
  if (writes) return;
  throw new OptimError(
    'optim/transform',
    `createOptimizer: '${transform}' never changes a weight. End the chain with a recipe (sgd, adamw …) or descend(), and check the predicates of onlyFor.`,
    { transform },
  );
}

/** @throws OptimError `optim/gradients` that lists every missing, unknown and misshapen gradient */
export function checkGradients<T extends Tensor>(
  gradients: Readonly<Record<string, T>>,
  parameters: readonly PlannedParameter<T>[],
  allowMissing: boolean,
): ReadonlyMap<string, T> {
  if (typeof gradients !== 'object' || gradients === null) {
    throw new OptimError('optim/gradients', 'apply: expected gradients by name, { name: tensor, … }.');
  }
  const checked = new Map<string, T>();
  const problems: string[] = [];
  for (const { info } of parameters) {
    const gradient = gradients[info.name];
    if (!gradient) {
      if (!allowMissing) problems.push(`missing: ${info.name}`);
    } else if (!isSameShape(gradient.shape, info.shape)) {
      problems.push(`${info.name}: expected shape [${info.shape}], got [${gradient.shape}]`);
    } else checked.set(info.name, gradient);
  }
  const names = Object.keys(gradients);
  if (names.length !== checked.size) {
    const unknown = names.filter((name) => !parameters.some(({ info }) => info.name === name));
    problems.push(...unknown.map((name) => `not a parameter: ${name}`));
  }
  if (checked.size === 0) problems.push('not one gradient');
  if (problems.length === 0) return checked;
  throw new OptimError(
    'optim/gradients',
    `apply: expected one gradient for each parameter, under its name.\n  ${problems.join('\n  ')}\nNothing was changed.`,
    { problems },
  );
}

const isSameShape = (found: readonly number[] | undefined, expected: readonly number[]): boolean =>
  found?.length === expected.length && expected.every((size, i) => size === found[i]);

/** @throws OptimError `optim/option` unless `value` is a number that is not NaN, or a rank-0 tensor */
export function checkScalar<T extends Tensor>(name: string, value: number | T | undefined): void {
  if (value === undefined || (typeof value === 'number' ? !Number.isNaN(value) : value.shape?.length === 0)) return;
  const received = typeof value === 'number' ? 'NaN' : `shape [${value.shape}]`;
  throw new OptimError('optim/option', `apply: ${name} must be a number or a rank-0 tensor, got ${received}.`, {
    name,
  });
}
