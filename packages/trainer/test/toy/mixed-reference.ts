import type { Backend, NetworkOps } from '@nt/tensor';
import { createReferenceBackend, type ReferenceTensor, roundTo } from '@nt/tensor/reference';
import type { PrecisionAnswer } from '../../src/index.ts';

const rounded = [
  'add',
  'sub',
  'mul',
  'div',
  'maximum',
  'minimum',
  'abs',
  'sqrt',
  'matMul',
  'dense',
  'reshape',
] as const;

/**
 * The reference as an engine of mixed precision: weights, moments and losses (rank 0) are kept as they are, what the
 * network computes and its gradients are rounded to half precision, overflow to Infinity included.
 */
export function mixedReference(format: 'float16' | 'bfloat16'): Backend<ReferenceTensor> & Required<PrecisionAnswer> {
  const backend = createReferenceBackend();
  const { ops } = backend;
  let isExact = true;
  const round = (x: ReferenceTensor): ReferenceTensor => {
    if (isExact || x.shape.length === 0) return x;
    const narrow = ops.tensor(
      x.values.map((value) => roundTo(format, value)),
      x.shape,
    );
    x.dispose();
    return narrow;
  };
  const narrowed = Object.fromEntries(
    rounded.map((name) => [
      name,
      (...parameters: never[]) => round((ops[name] as (...p: never[]) => ReferenceTensor)(...parameters)),
    ]),
  );
  const mixed: NetworkOps<ReferenceTensor> = {
    ...ops,
    ...narrowed,
    variableGrads(f, variables) {
      // Central differences of a rounded function would only see its steps.
      const exact = ops.variableGrads(f, variables);
      isExact = false;
      const value = ops.tidy(f);
      const grads = Object.fromEntries(Object.entries(exact.grads).map(([name, gradient]) => [name, round(gradient)]));
      isExact = true;
      exact.value.dispose();
      return { value, grads };
    },
  };
  return { ...backend, ops: mixed, precision: `mixed-${format}` };
}
