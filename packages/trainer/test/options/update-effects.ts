import { exponentialMovingAverage, sgd, stochasticWeightAverage } from '@nt/optim';
import { expect } from 'vitest';
import type { ToyBatch } from '../toy/toy-data.ts';
import type { ToyOptions } from '../toy/toy-run.ts';
import { type EffectTable, expectDifference, observe } from './observe.ts';

export const updateEffects: Pick<
  EffectTable<ToyOptions>,
  'accumulate' | 'gradientClipNorm' | 'gradientClipValue' | 'averaging' | 'nanPolicy' | 'precision' | 'lossScaling'
> = {
  accumulate: async () => {
    const { of, result } = await observe({ accumulate: 3 });
    // Five batches: three, and a rest of two at the end of the epoch.
    expect(of('update-end').map(({ size }) => size)).toEqual([12, 6, 12, 6]);
    expect(result.windows).toBe(36);
  },
  gradientClipNorm: async () => {
    await expectDifference({ gradientClipNorm: 0.01, transform: sgd({ learningRate: 0.05 }) });
    const { result } = await observe({ gradientClipNorm: 0.01, logEvery: 1 });
    expect(result.history[0]!.values['gradientNorm']).toBeGreaterThan(0.01);
  },
  gradientClipValue: () => expectDifference({ gradientClipValue: 0.01, transform: sgd({ learningRate: 0.05 }) }),
  averaging: async () => {
    for (const averaging of [
      exponentialMovingAverage({ decay: 0.9 }),
      stochasticWeightAverage({ startAfter: 2, every: 1 }),
    ]) {
      const { result, weights } = await observe({ averaging, restoreBestWeights: false });
      expect(result.weights).toBe('averaged');
      const plain = await observe({ restoreBestWeights: false });
      expect(weights).not.toEqual(plain.weights);
      // The training itself is the same; only what is validated and left behind is averaged.
      expect(result.history.filter(({ kind }) => kind === 'epoch')).toEqual(
        plain.result.history.filter(({ kind }) => kind === 'epoch'),
      );
      expect(result.history.filter(({ kind }) => kind === 'validation')).not.toEqual(
        plain.result.history.filter(({ kind }) => kind === 'validation'),
      );
    }
  },
  nanPolicy: async () => {
    const source = { change: (batch: ToyBatch) => ({ ...batch, y: batch.y.map(() => Number.NaN) }) };
    expect((await observe({ nanPolicy: 'stop' }, { source })).result).toMatchObject({ reason: 'nan', updates: 0 });
    expect((await observe({}, { source })).result).toMatchObject({ reason: 'nan', updates: 5 });
  },
  precision: () =>
    expect(observe({ precision: 'mixed-bfloat16' })).rejects.toMatchObject({ code: 'trainer/precision' }),
  lossScaling: async () => {
    await expect(observe({ lossScaling: {} })).rejects.toMatchObject({ code: 'trainer/bad-option' });
  },
};
