import type { ConformanceCase } from '../conformance-case.ts';
import { uniform, valuesCase } from './case-builders.ts';

const x = uniform([3, 5], 350);
const y = uniform([3, 5], 351);

/** Variables as values; their gradients have cases of their own. */
export const variableCases: readonly ConformanceCase[] = [
  valuesCase('variable/starts with a copy of the initial value', ['variable', 'add'], [x], (ops, initial) => {
    const copy = ops.add(initial, initial);
    const variable = ops.variable(copy, { name: 'conformance.variable' });
    copy.dispose();
    const result = ops.add(variable, initial);
    variable.dispose();
    return [result, initial];
  }),
  valuesCase(
    'variable/assign replaces the value and leaves the one given',
    ['variable', 'add', 'mul'],
    [x, y],
    (ops, a, b) => {
      const variable = ops.variable(a, { name: 'conformance.variable' });
      const value = ops.mul(b, b);
      variable.assign(value);
      const first = ops.add(variable, a);
      value.dispose();
      const second = ops.add(variable, b);
      variable.assign(b);
      const third = ops.add(variable, b);
      variable.dispose();
      return [first, second, third, a, b];
    },
  ),
  valuesCase('variable/a result computed before assign stays', ['variable', 'reshape'], [x, y], (ops, a, b) => {
    const variable = ops.variable(a, { name: 'conformance.variable' });
    const before = ops.reshape(variable, [15]);
    variable.assign(b);
    variable.dispose();
    return before;
  }),
  valuesCase(
    'variableGrads/value and gradients',
    ['variable', 'variableGrads', 'sum', 'mul'],
    [x],
    (ops, a) => {
      const variable = ops.variable(a, { name: 'conformance.variable' });
      const { value, grads } = ops.variableGrads(() => ops.sum(ops.mul(variable, variable)), [variable]);
      variable.dispose();
      return [value, grads['conformance.variable']!];
    },
    { slack: 1000 },
  ),
  valuesCase(
    'variableGrads/the value does not share the life of a variable',
    ['variable', 'variableGrads', 'sum', 'add'],
    [x],
    (ops, a) => {
      const initial = ops.sum(a);
      const variable = ops.variable(initial, { name: 'conformance.variable' });
      initial.dispose();
      const { value, grads } = ops.variableGrads(() => variable, [variable]);
      const twice = ops.add(value, value);
      value.dispose();
      const after = ops.add(variable, variable);
      variable.dispose();
      return [twice, after, grads['conformance.variable']!];
    },
    { slack: 1000 },
  ),
];
