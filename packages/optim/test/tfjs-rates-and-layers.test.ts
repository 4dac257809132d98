import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { adam, chain, onlyFor, sgd } from '../src/index.ts';
import { asTfOptimizer, type TfOptimizer } from '../src/tfjs/index.ts';
import { compiled, fit, makeModel, saveAndLoad, weightsOf } from './layers-model.ts';

beforeAll(() => tf.setBackend('cpu'));

describe('the learning rate', () => {
  const halving = (a: tf.Variable, optimizer: TfOptimizer): number => {
    const before = a.dataSync()[0]!;
    optimizer.minimize(() => tf.sum(tf.mul(a, a)) as tf.Scalar, false, [a as tf.Variable]);
    return (before - a.dataSync()[0]!) / (2 * before);
  };

  test.each<[string, (optimizer: TfOptimizer, rate: number) => void]>([
    ['learningRate =', (optimizer, rate) => Object.assign(optimizer, { learningRate: rate })],
    ['setLearningRate()', (optimizer, rate) => optimizer.setLearningRate(rate)],
  ])('set by %s is that of the next update, before and after the first one', (_, set) => {
    const a = tf.variable(tf.tensor([1]));
    const optimizer = asTfOptimizer(sgd({ learningRate: 0.5 }));
    expect(optimizer.learningRate).toBe(0.5);
    set(optimizer, 0.25);
    expect(optimizer.learningRate).toBe(0.25);
    expect(halving(a, optimizer)).toBeCloseTo(0.25, 6);
    set(optimizer, 0.125);
    expect(halving(a, optimizer)).toBeCloseTo(0.125, 6);
    expect(() => set(optimizer, -1)).toThrow(/sgd.learningRate: expected a finite number >= 0/);
    optimizer.dispose();
    a.dispose();
  });

  test('follows a schedule, is saved, and is that of the saved model after loading', async () => {
    const optimizer = asTfOptimizer(sgd({ learningRate: (n) => 1 / (n + 1) }), { className: 'Rated' });
    const model = compiled(optimizer);
    await fit(model, 1);
    expect(optimizer.learningRate).toBeCloseTo(1 / 5, 12);
    optimizer.learningRate = 0.03;
    const loaded = (await saveAndLoad(model)).optimizer as TfOptimizer;
    expect(loaded.learningRate).toBe(0.03);
    loaded.learningRate = 0.01;
    expect(loaded.learningRate).toBe(0.01);
  });

  test('of several, or none, is refused: the driver can be told which', () => {
    const two = chain(
      onlyFor(() => true, sgd(), { name: 'a' }),
      onlyFor(() => true, sgd(), { name: 'b' }),
    );
    expect(() => asTfOptimizer(two).learningRate).toThrow(/a.learningRate, b.learningRate.*setHyperparameter/);
    expect(() => asTfOptimizer(two).setLearningRate(1)).toThrow(/setHyperparameter/);
  });
});

describe('layers that are unfrozen and frozen', () => {
  const freeze = (model: tfl.Sequential, trainable: boolean): void => {
    model.layers[0]!.trainable = trainable;
  };

  test('train with state of their own, and a saved model goes on to the bit', async () => {
    const phases = async (model: tfl.Sequential, optimizer: TfOptimizer) => {
      for (const trainable of [false, true, false]) {
        freeze(model, trainable);
        model.compile({ optimizer, loss: 'meanSquaredError' });
        await fit(model, 2);
      }
    };
    const optimizer = asTfOptimizer(adam({ learningRate: 0.01 }), { className: 'Unfrozen' });
    const model = makeModel();
    const kernelOf = () => [...model.layers[0]!.getWeights()[0]!.dataSync()];
    const kernel = kernelOf();
    freeze(model, false);
    model.compile({ optimizer, loss: 'meanSquaredError' });
    await fit(model, 1);
    expect(kernelOf()).toEqual(kernel);
    await phases(model, optimizer);
    expect(kernelOf()).not.toEqual(kernel);
    expect(weightsOf(model).flat().every(Number.isFinite)).toBe(true);
    freeze(model, true);
    model.compile({ optimizer, loss: 'meanSquaredError' });
    const loaded = (await saveAndLoad(model)) as tfl.Sequential;
    await fit(model, 2);
    await fit(loaded, 2);
    expect(weightsOf(loaded)).toEqual(weightsOf(model));
  });

  test('the first step of an unfrozen layer has the size of a first step', () => {
    const [a, b] = [tf.variable(tf.tensor([1])), tf.variable(tf.tensor([1]))];
    const optimizer = asTfOptimizer(adam({ learningRate: 0.01 }));
    const step = (list: tf.Variable[]) =>
      optimizer.minimize(() => tf.sum(tf.add(tf.mul(a, a), tf.mul(b, b))) as tf.Scalar, false, list);
    for (let i = 0; i < 50; i++) step([a]);
    step([a, b]);
    // Adam's first step is the learning rate; with the bias correction of update 51 it would be three times that.
    expect(1 - b.dataSync()[0]!).toBeCloseTo(0.01, 5);
    optimizer.dispose();
    tf.dispose([a, b]);
  });
});
