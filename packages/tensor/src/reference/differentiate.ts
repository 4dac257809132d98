import type { ValueAndGradients } from '../network-ops.ts';
import { TensorError } from '../tensor-error.ts';
import type { ReferenceTensor, ReferenceVariable } from './reference-tensor.ts';
import type { TensorStore } from './tensor-store.ts';

/** ε^⅓: balances truncation against rounding for central differences in float64. */
const relativeStep = 6e-6;

/**
 * Gradients by central differences: two evaluations of `f` for each weight. The reference has no tape, so this shares
 * no code with what it checks; relative accuracy is about 1e-9. Only for functions of a few thousand weights.
 */
export function differentiate(
  store: TensorStore,
  f: () => ReferenceTensor,
  variables: readonly ReferenceVariable[],
): ValueAndGradients<ReferenceTensor> {
  // A copy: f may return a tensor that others own, such as a variable.
  const value = store.tidy(() => {
    const { shape, values } = f();
    return store.make(shape, values.slice());
  });
  if (value.shape.length !== 0) {
    const { shape } = value;
    value.dispose();
    throw new TensorError('tensor/shape', `variableGrads: expected f to return a scalar, got shape [${shape}].`);
  }
  const evaluate = (): number => store.exactly(() => store.tidy(() => f().values[0]!));
  const grads: Record<string, ReferenceTensor> = {};
  for (const variable of variables) {
    const gradient = new Float64Array(variable.values.length);
    for (let i = 0; i < gradient.length; i++) gradient[i] = slope(variable, i, evaluate);
    grads[variable.name] = store.make(variable.shape, gradient);
  }
  return { value, grads };
}

function slope(variable: ReferenceVariable, index: number, evaluate: () => number): number {
  const before = variable.values[index]!;
  const step = relativeStep * Math.max(1, Math.abs(before));
  variable.nudge(index, step);
  const above = variable.values[index]!;
  const high = evaluate();
  variable.values[index] = before - step;
  const below = variable.values[index]!;
  const low = evaluate();
  variable.values[index] = before;
  return (high - low) / (above - below);
}
