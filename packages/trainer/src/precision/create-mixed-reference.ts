import type { Backend, NetworkOps } from '@nt/tensor';
import { createReferenceBackend, type ReferenceTensor, roundTo } from '@nt/tensor/reference';
import { checkOptions } from '../options/check-options.ts';
import { oneOf } from '../options/expectations.ts';
import type { Precision, PrecisionAnswer } from '../options/train-options.ts';

/** What a network and its loss are made of; rules of optimizers and random numbers stay exact. */
const rounded = [
  'add',
  'sub',
  'mul',
  'div',
  'maximum',
  'minimum',
  'abs',
  'sqrt',
  'exp',
  'log',
  'softplus',
  'logGamma',
  'sum',
  'reshape',
  'concat',
  'slice',
  'reverse',
  'transpose',
  'matMul',
  'constMatMul',
  'dense',
  'maxPool1d',
  'avgPool1d',
] as const satisfies readonly (keyof NetworkOps<ReferenceTensor>)[];

/**
 * The float64 reference of `@nt/tensor` as an engine of mixed precision: in an update, what the network computes and its
 * gradients are rounded to half precision, overflow to infinity included; weights, moments and losses (rank 0) are kept
 * as they are, and so is a forecast. To test what a precision policy does, on networks of some hundred weights at most:
 * its gradients are central differences.
 *
 * @throws TrainerError `trainer/bad-option`
 */
export function createMixedReference(
  precision: Exclude<Precision, 'float32'>,
): Backend<ReferenceTensor> & Required<PrecisionAnswer> {
  const known = oneOf('mixed-float16', 'mixed-bfloat16');
  checkOptions('createMixedReference', { precision }, { precision: known }, ['precision']);
  const backend = createReferenceBackend();
  const { ops } = backend;
  const format = precision === 'mixed-float16' ? 'float16' : 'bfloat16';
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
      try {
        const value = ops.tidy(f);
        const grads = Object.fromEntries(
          Object.entries(exact.grads).map(([name, gradient]) => [name, round(gradient)]),
        );
        return { value, grads };
      } finally {
        isExact = true;
        exact.value.dispose();
      }
    },
  };
  return { ...backend, ops: mixed, precision };
}
