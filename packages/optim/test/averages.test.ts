import { describe, expect, test } from 'vitest';
import {
  chain,
  createOptimizer,
  exponentialMovingAverage,
  type GradientTransform,
  sgd,
  stochasticWeightAverage,
} from '../src/index.ts';
import { readAll, referenceVariables, tensorsLike } from './engine.ts';

describe('averages', () => {
  /** Weights 0, −1, −2, … after each update, and the average to evaluate with. */
  async function averagesOver(
    updates: number,
    average: GradientTransform,
  ): Promise<{ averages: number[]; weights: number[] }> {
    const { ops, parameters } = referenceVariables({ a: [0] });
    const optimizer = createOptimizer({ ops, parameters, transform: chain(sgd({ learningRate: 1 }), average) });
    const gradient = tensorsLike(ops, parameters, { a: [1] });
    const averages: number[] = [];
    const weights: number[] = [];
    for (let i = 0; i < updates; i++) {
      optimizer.apply(gradient);
      optimizer.useEvaluationWeights();
      averages.push((await readAll(parameters))['a']![0]!);
      optimizer.useTrainingWeights();
      weights.push((await readAll(parameters))['a']![0]!);
    }
    return { averages, weights };
  }

  test('exponentialMovingAverage begins with a copy and then follows', async () => {
    const { averages, weights } = await averagesOver(4, exponentialMovingAverage({ decay: 0.5 }));
    expect(averages).toEqual([-1, -1.5, -2.25, -3.125]);
    expect(weights).toEqual([-1, -2, -3, -4]);
  });

  test('startAfter and every choose the updates; before the first the weights themselves are evaluated', async () => {
    const { averages } = await averagesOver(7, exponentialMovingAverage({ decay: 0.5, startAfter: 2, every: 2 }));
    expect(averages).toEqual([-1, -2, -3, -4, -4, -5, -5]);
  });

  test('stochasticWeightAverage is the plain mean of the chosen weights', async () => {
    const { averages } = await averagesOver(6, stochasticWeightAverage({ startAfter: 1, every: 2 }));
    expect(averages).toEqual([-1, -2, -3, -3, -4, -4]);
  });

  test('decay may be a function of the completed updates', async () => {
    const { averages } = await averagesOver(3, exponentialMovingAverage({ decay: (n) => (n < 2 ? 0 : 0.5) }));
    expect(averages).toEqual([-1, -2, -2.5]);
  });

  test('while evaluation weights are in use nothing can be applied; training weights return to the bit', async () => {
    const { backend, ops, parameters } = referenceVariables({ a: [0.1, 0.2] });
    const optimizer = createOptimizer({
      ops,
      parameters,
      transform: chain(sgd({ learningRate: 0.3 }), exponentialMovingAverage({ decay: 0.9 })),
    });
    const gradient = tensorsLike(ops, parameters, { a: [0.7, 1 / 3] });
    for (let i = 0; i < 5; i++) optimizer.apply(gradient);
    const [trained, { tensors }] = [await readAll(parameters), backend.memory()];
    expect([optimizer.hasEvaluationWeights, optimizer.weightsInUse]).toEqual([true, 'training']);
    optimizer.useEvaluationWeights();
    optimizer.useEvaluationWeights();
    expect(optimizer.weightsInUse).toBe('evaluation');
    expect(await readAll(parameters)).not.toEqual(trained);
    expect(() => optimizer.apply(gradient)).toThrow(/useTrainingWeights/);
    optimizer.useTrainingWeights();
    optimizer.useTrainingWeights();
    expect(await readAll(parameters)).toEqual(trained);
    expect(backend.memory().tensors).toBe(tensors);
  });

  test('dispose puts the training weights back', async () => {
    const { ops, parameters } = referenceVariables({ a: [0] });
    const optimizer = createOptimizer({
      ops,
      parameters,
      transform: chain(sgd({ learningRate: 1 }), exponentialMovingAverage({ decay: 0.5 })),
    });
    const gradient = tensorsLike(ops, parameters, { a: [1] });
    for (let i = 0; i < 2; i++) optimizer.apply(gradient);
    optimizer.useEvaluationWeights();
    optimizer.dispose();
    expect(await readAll(parameters)).toEqual({ a: [-2] });
  });

  test('without an average the weights to evaluate with are those in training', async () => {
    const { ops, parameters } = referenceVariables({ a: [0] });
    const optimizer = createOptimizer({ ops, parameters, transform: sgd({ learningRate: 1 }) });
    optimizer.apply(tensorsLike(ops, parameters, { a: [1] }));
    expect(optimizer.hasEvaluationWeights).toBe(false);
    optimizer.useEvaluationWeights();
    expect(await readAll(parameters)).toEqual({ a: [-1] });
  });
});
