import { adamw, sgd } from '@nt/optim';
import { expect } from 'vitest';
import { reduceOnPlateau } from '../toy/plateau.ts';
import type { ToyOptions } from '../toy/toy-run.ts';
import { type EffectTable, noValidation, observe } from './observe.ts';

export const checkEffects: Pick<
  EffectTable<ToyOptions>,
  'validation' | 'earlyStopping' | 'monitor' | 'mode' | 'restoreBestWeights' | 'plateau'
> = {
  validation: async () => {
    expect((await observe()).of('validation-end')).toHaveLength(2);
    expect((await observe({ validation: noValidation })).of('validation-end')).toHaveLength(0);
  },
  earlyStopping: async () =>
    expect((await observe({ maxEpochs: 9, earlyStopping: { patience: 1, minDelta: 100 } })).result.reason).toBe(
      'early-stopped',
    ),
  monitor: async () => expect((await observe({ monitor: 'trainLoss' })).result.best!.metric).toBe('trainLoss'),
  mode: async () => {
    const [least, most] = [await observe({ maxEpochs: 5 }), await observe({ maxEpochs: 5, mode: 'max' })];
    expect(most.result.best!.value).toBeGreaterThan(least.result.best!.value);
  },
  restoreBestWeights: async () => {
    // A rate that ruins the weights after the first epoch.
    const transform = sgd({ learningRate: (updates) => (updates < 5 ? 0.1 : 3) });
    const [best, last] = [await observe({ transform }), await observe({ transform, restoreBestWeights: false })];
    expect([best.result.weights, last.result.weights]).toEqual(['best', 'last']);
    expect(best.weights).not.toEqual(last.weights);
    expect(best.weights).toEqual((await observe({ transform, maxEpochs: 1 })).weights);
  },
  plateau: async () => {
    const plateau = reduceOnPlateau(2, 0);
    const { of } = await observe({ plateau, transform: adamw({ learningRate: plateau.learningRate }), maxEpochs: 6 });
    const used = of('update-end').map(({ learningRate }) => learningRate!);
    expect(used[0]).toBe(2);
    expect(used.at(-1)).toBeLessThan(2);
  },
};
