import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  adam,
  adamw,
  chain,
  clipByGlobalNorm,
  exponentialMovingAverage,
  nadam,
  OptimError,
  sgd,
} from '../src/index.ts';
import { asTfOptimizer, type TfOptimizer } from '../src/tfjs/index.ts';
import { compiled, fit, saveAndLoad, weightsOf } from './layers-model.ts';

beforeAll(() => tf.setBackend('cpu'));

describe('in LayersModel', () => {
  test('adam trains as tf.train.adam does with the same eps', async () => {
    const ours = await fit(compiled(asTfOptimizer(adam({ learningRate: 0.01, eps: 1e-7 }))), 10);
    const theirs = await fit(compiled(tf.train.adam(0.01)), 10);
    for (const [i, loss] of ours.entries()) expect(Math.abs(loss - theirs[i]!) / theirs[i]!).toBeLessThan(1e-4);
    expect(ours.at(-1)).toBeLessThan(0.8 * ours[0]!);
  });

  test('no tensor is left over by updates, averages and saving', async () => {
    const transform = chain(clipByGlobalNorm(1), adamw(), exponentialMovingAverage());
    const optimizer = asTfOptimizer(transform, { skipNonFinite: true });
    const model = compiled(optimizer);
    await fit(model, 1);
    const { numTensors } = tf.memory();
    await fit(model, 3);
    expect(tf.memory().numTensors).toBe(numTensors);
    optimizer.driver!.useEvaluationWeights();
    optimizer.driver!.useTrainingWeights();
    for (let i = 0; i < 3; i++)
      await model.save(
        tf.io.withSaveHandler(async () => ({}) as tf.io.SaveResult),
        { includeOptimizer: true },
      );
    await fit(model, 1);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(optimizer.iterations).toBe(20);
    optimizer.dispose();
  });

  test.each([
    ['nadam, which carries a number', () => nadam({ learningRate: 0.01 })],
    [
      'a chain with an average',
      () => chain(clipByGlobalNorm(1), adamw({ learningRate: 0.01 }), exponentialMovingAverage({ decay: 0.9 })),
    ],
    ['sgd without state', () => sgd({ learningRate: (n) => 0.1 / (n + 1) })],
  ])('a saved and loaded model continues to the bit: %s', async (_, make) => {
    const whole = compiled(asTfOptimizer(make(), { className: 'WholeRun' }));
    await fit(whole, 6);
    const first = compiled(asTfOptimizer(make()));
    await fit(first, 3);
    const second = await saveAndLoad(first);
    expect((second.optimizer as TfOptimizer).iterations).toBe(12);
    await fit(second, 3);
    expect(weightsOf(second)).toEqual(weightsOf(whole));
    expect((second.optimizer as TfOptimizer).iterations).toBe(24);
  });

  test('loading a model of another transform under the same class name is refused', async () => {
    const model = compiled(asTfOptimizer(adamw(), { className: 'Mine' }));
    await fit(model, 1);
    asTfOptimizer(sgd(), { className: 'Mine' });
    await expect(saveAndLoad(model)).rejects.toThrow(/was trained with 'adamw', but 'Mine' was last given 'sgd'/);
  });
});

describe('by itself', () => {
  test('minimize returns the cost and moves only the variables of the list', () => {
    const [a, b] = [tf.variable(tf.tensor([1, 2])), tf.variable(tf.tensor([3, 4]))];
    const optimizer = asTfOptimizer(sgd({ learningRate: 0.5 }));
    const cost = optimizer.minimize(() => tf.sum(tf.mul(a, a)) as tf.Scalar, true, [a]);
    expect([...a.dataSync()]).toEqual([0, 0]);
    expect([...b.dataSync()]).toEqual([3, 4]);
    expect(cost!.dataSync()[0]).toBe(5);
    tf.dispose([a, b]);
  });

  test('bind gives the driver before the first gradients', () => {
    const a = tf.variable(tf.tensor([1]), true, 'bound');
    const optimizer = asTfOptimizer(sgd({ learningRate: 0.5 }));
    expect(optimizer.driver).toBeUndefined();
    optimizer.bind([a]).setHyperparameter('learningRate', 0.25);
    optimizer.minimize(() => tf.sum(tf.mul(a, a)) as tf.Scalar, false, [a]);
    expect([...a.dataSync()]).toEqual([0.5]);
    expect(() => optimizer.bind([a])).toThrow(OptimError);
    optimizer.dispose();
    a.dispose();
  });

  test('accumulate makes one update of two calls', () => {
    const a = tf.variable(tf.tensor([1]));
    const optimizer = asTfOptimizer(sgd({ learningRate: 0.5 }), { accumulate: 2 });
    const step = (target: number) =>
      optimizer.minimize(() => tf.sum(tf.squaredDifference(a, target)) as tf.Scalar, false, [a]);
    step(0);
    expect([...a.dataSync()]).toEqual([1]);
    step(4);
    expect([...a.dataSync()]).toEqual([2]);
    optimizer.dispose();
    a.dispose();
  });

  test('getWeights and setWeights carry the state to another optimizer, before and after it is bound', async () => {
    const a = tf.variable(tf.tensor([1, -1]), true, 'carried');
    const step = (optimizer: TfOptimizer) => optimizer.minimize(() => tf.sum(tf.mul(a, a)) as tf.Scalar, false, [a]);
    const first = asTfOptimizer(adamw());
    step(first);
    const weights = (await first.getWeights()).map(({ name, tensor }) => ({ name, tensor: tensor.clone() }));
    expect(weights.map(({ name }) => name)).toEqual(['iter', 'nt-optim-header', 'expAvg/carried', 'expAvgSq/carried']);
    const [unbound, bound] = [asTfOptimizer(adamw()), asTfOptimizer(adamw())];
    bound.bind([a]);
    await unbound.setWeights(weights);
    await bound.setWeights(weights);
    unbound.bind([a]);
    for (const optimizer of [unbound, bound]) {
      expect(optimizer.iterations).toBe(1);
      expect((await optimizer.driver!.snapshot()).arrays).toEqual((await first.driver!.snapshot()).arrays);
    }
    await expect(bound.setWeights([])).rejects.toThrow(/asTfOptimizer/);
    tf.dispose(weights.map(({ tensor }) => tensor));
    for (const optimizer of [first, unbound, bound]) optimizer.dispose();
    a.dispose();
  });

  test.each<[string, string, () => unknown]>([
    ['an unknown option', 'optim/unknown-option', () => asTfOptimizer(sgd(), { classname: 'A' } as never)],
    [
      'a class name that tfjs-layers would rewrite',
      'optim/option',
      () => asTfOptimizer(sgd(), { className: 'my_adam' }),
    ],
    ['a recipe that was not called', 'optim/transform', () => asTfOptimizer(sgd as never)],
    [
      'a gradient for a name that is no variable',
      'optim/gradients',
      () => asTfOptimizer(sgd()).applyGradients({ nobody: tf.tensor([1]) }),
    ],
  ])('%s throws %s', (_, code, f) => {
    expect(() => f()).toThrow(expect.objectContaining({ code }));
  });
});
