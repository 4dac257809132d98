import { expect } from 'vitest';
import type { EarlyStoppingOptions } from '../../src/index.ts';
import { type EffectTable, observe } from './observe.ts';

export const earlyStoppingOptionEffects: EffectTable<EarlyStoppingOptions> = {
  patience: async () => {
    const epochs = async (patience: number) =>
      (await observe({ maxEpochs: 9, earlyStopping: { patience, minDelta: 100 } })).result.epochs;
    expect([await epochs(1), await epochs(3)]).toEqual([2, 4]);
  },
  monitor: async () =>
    expect((await observe({ earlyStopping: { patience: 5, monitor: 'trainLoss' } })).result.best!.metric).toBe(
      'trainLoss',
    ),
  mode: async () => {
    const { result } = await observe({ maxEpochs: 9, earlyStopping: { patience: 2, mode: 'max' } });
    expect(result.reason).toBe('early-stopped');
    expect((await observe({ maxEpochs: 9, earlyStopping: { patience: 2 } })).result.epochs).toBeGreaterThan(
      result.epochs,
    );
  },
  minDelta: async () => {
    const epochs = async (minDelta: number) =>
      (await observe({ maxEpochs: 4, earlyStopping: { patience: 1, monitor: 'trainLoss', minDelta } })).result.epochs;
    expect([await epochs(0), await epochs(100)]).toEqual([4, 2]);
  },
  startFrom: async () => {
    const { result } = await observe({ maxEpochs: 9, earlyStopping: { patience: 1, minDelta: 100, startFrom: 15 } });
    expect(result.epochs).toBe(4);
  },
  restoreBestWeights: async () => {
    const { result } = await observe({ earlyStopping: { patience: 1, restoreBestWeights: false } });
    expect(result.weights).toBe('last');
  },
};
