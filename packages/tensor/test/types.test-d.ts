import type { Backend, NetworkOps, Tensor, TensorOps } from '@nt/tensor';
import { type EngineUnderTest, runConformance } from '@nt/tensor/conformance';
import { createReferenceBackend, type ReferenceTensor } from '@nt/tensor/reference';
import { createTfjsBackend, tfjsOps } from '@nt/tensor/tfjs';
import type * as tf from '@tensorflow/tfjs-core';
import { describe, expectTypeOf, test } from 'vitest';

type TfjsOps = NetworkOps<tf.Tensor>;

type Common = keyof TfjsOps & keyof typeof tf;

/** Members for which tfjs-core has a function of the same name that does not fit. */
type Misfit = { [Name in Common]: (typeof tf)[Name] extends TfjsOps[Name] ? never : Name }[Common];

describe('tensors of two engines', () => {
  const reference: NetworkOps<ReferenceTensor> = createReferenceBackend().ops;
  const tfjs: TfjsOps = tfjsOps();

  test('do not mix', () => {
    const ours = reference.zeros([2]);
    const theirs = tfjs.zeros([2]);
    reference.add(ours, ours);
    tfjs.add(theirs, theirs);
    // @ts-expect-error a tfjs tensor given to the reference
    reference.add(ours, theirs);
    // @ts-expect-error a reference tensor given to tfjs
    tfjs.add(theirs, ours);
    // @ts-expect-error also inside arrays
    tfjs.concat([theirs, ours], 0);
    // @ts-expect-error also as a scalar of a rule
    tfjs.dense(theirs, theirs, ours, 'relu');
    // @ts-expect-error also when it is freed
    tfjs.dispose([ours]);
  });

  test('have each their own backend type', () => {
    expectTypeOf(createTfjsBackend).returns.resolves.toEqualTypeOf<Backend<tf.Tensor>>();
    expectTypeOf(createReferenceBackend).returns.toEqualTypeOf<Backend<ReferenceTensor>>();
    expectTypeOf<Backend<tf.Tensor>>().not.toExtend<Backend<ReferenceTensor>>();
    expectTypeOf<Backend<ReferenceTensor>>().not.toExtend<Backend<tf.Tensor>>();
  });

  test('are both tensors, and a variable of an engine is a tensor of it', () => {
    expectTypeOf<tf.Tensor>().toExtend<Tensor>();
    expectTypeOf<ReferenceTensor>().toExtend<Tensor>();
    expectTypeOf<ReturnType<TfjsOps['variable']>>().toExtend<tf.Tensor>();
  });
});

describe("tfjs-core's own functions", () => {
  test('satisfy the members with the same names', () => {
    type Arithmetic =
      | 'add'
      | 'sub'
      | 'mul'
      | 'div'
      | 'maximum'
      | 'minimum'
      | 'abs'
      | 'sqrt'
      | 'exp'
      | 'log'
      | 'softplus';
    type Layout = 'sum' | 'zeros' | 'reshape' | 'matMul' | 'reverse' | 'transpose' | 'keep';
    expectTypeOf<Exclude<Common, Misfit>>().toEqualTypeOf<Arithmetic | Layout>();
  });

  test('but for eight, whose types or meanings are narrower there', () => {
    type Narrower = 'concat' | 'slice' | 'tidy' | 'dispose';
    type Different = 'tensor' | 'variable' | 'variableGrads' | 'randomUniform';
    expectTypeOf<Misfit>().toEqualTypeOf<Narrower | Different>();
  });
});

describe('NetworkOps', () => {
  test('is all of TensorOps and more: an optimizer takes what a model has', () => {
    expectTypeOf<TfjsOps>().toExtend<TensorOps<tf.Tensor>>();
    expectTypeOf<TensorOps<tf.Tensor>>().not.toExtend<TfjsOps>();
  });

  test('knows the names of a rule', () => {
    const ops = createReferenceBackend().ops;
    const x = ops.zeros([2]);
    const rule = { name: 'r', inputs: ['x'], scalars: ['s'], definitions: [], outputs: [['y', 'x']] } as const;
    expectTypeOf(ops.elementwise(rule, { x }, { s: 1 })).toEqualTypeOf<Record<'y', ReferenceTensor>>();
    // @ts-expect-error the scalar is missing
    ops.elementwise(rule, { x }, {});
    // @ts-expect-error what is donated must be an input
    ops.elementwise(rule, { x }, { s: 1 }, { donate: ['s'] });
  });

  test('names its activations', () => {
    const ops = createReferenceBackend().ops;
    const x = ops.zeros([1, 1]);
    // @ts-expect-error PyTorch's name is no activation here
    ops.dense(x, x, x, 'ReLU');
  });
});

test('every backend can be put to the conformance test', () => {
  expectTypeOf<Backend<tf.Tensor>>().toExtend<EngineUnderTest<tf.Tensor>>();
  expectTypeOf(runConformance<tf.Tensor, ReferenceTensor>).toBeCallableWith(
    {} as Backend<tf.Tensor>,
    {} as Backend<ReferenceTensor>,
  );
});
