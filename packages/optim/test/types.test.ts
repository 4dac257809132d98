import type { TensorOps } from '@nt/tensor';
import type { ReferenceTensor, ReferenceVariable } from '@nt/tensor/reference';
import { tfjsOps } from '@nt/tensor/tfjs';
import type * as tf from '@tensorflow/tfjs-core';
import { describe, expectTypeOf, test } from 'vitest';
import { adamw, createOptimizer, type Hyperparameter, type Optimizer, type OptimizerOptions } from '../src/index.ts';
import type { asTfOptimizer } from '../src/tfjs/index.ts';

describe('types (checked by tsc)', () => {
  test('the engine of ops, parameters and gradients is one', () => {
    expectTypeOf(createOptimizer<tf.Tensor>).returns.toEqualTypeOf<Optimizer<tf.Tensor>>();
    expectTypeOf(tfjsOps).returns.toExtend<TensorOps<tf.Tensor>>();
    const mixed = (ops: TensorOps<tf.Tensor>, w: ReferenceVariable): unknown =>
      ({
        ops,
        // @ts-expect-error a variable of another engine
        parameters: { w },
        transform: adamw(),
      }) satisfies OptimizerOptions<tf.Tensor>;
    expectTypeOf(mixed).toBeFunction();
    expectTypeOf<Parameters<Optimizer<tf.Tensor>['apply']>[0]>().not.toExtend<Record<string, ReferenceTensor>>();
  });

  test('a schedule is a hyperparameter, a tf.Optimizer comes out of the adapter', () => {
    expectTypeOf<(completedUpdates: number) => number>().toExtend<Hyperparameter>();
    expectTypeOf<ReturnType<typeof asTfOptimizer>>().toExtend<tf.Optimizer>();
  });
});
