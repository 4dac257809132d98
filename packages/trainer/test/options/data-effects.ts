import { sgd } from '@nt/optim';
import type { RandomKey } from '@nt/tensor';
import { expect } from 'vitest';
import { fit } from '../../src/index.ts';
import { createMixedReference } from '../../src/precision/index.ts';
import type { ToyBatch } from '../toy/toy-data.ts';
import { type ToyOptions, toyRun } from '../toy/toy-run.ts';
import { type EffectTable, expectDifference, expectSetupDifference, observe } from './observe.ts';

export const dataEffects: Pick<
  EffectTable<ToyOptions>,
  'backend' | 'model' | 'transform' | 'batches' | 'toTensors' | 'lossOf' | 'weightOf' | 'describeBatch' | 'seed'
> = {
  backend: async () => {
    const setup = { backend: createMixedReference('mixed-bfloat16') } as never;
    expect((await observe({}, setup)).weights).not.toEqual((await observe()).weights);
  },
  model: () => expectSetupDifference({ model: { hidden: 2 } }),
  transform: () => expectDifference({ transform: sgd({ learningRate: 0.01 }) }),
  batches: () => expectSetupDifference({ source: { seed: 8 } }),
  toTensors: async () => {
    const { toTensors } = toyRun().options;
    const sizes: number[] = [];
    await observe({
      toTensors(batch, ops) {
        sizes.push(batch.size);
        return toTensors(batch, ops);
      },
    });
    expect(sizes.slice(0, 5)).toEqual([4, 4, 4, 4, 2]);
  },
  lossOf: async () => {
    const run = toyRun();
    const keys: RandomKey[] = [];
    const lossOf: ToyOptions['lossOf'] = (inputs, context) => {
      if (context.training) keys.push(context.random);
      return run.options.lossOf(inputs, context);
    };
    await fit({ ...run.options, lossOf, maxEpochs: 1 });
    expect([...new Set(keys.map(({ counter }) => counter))]).toEqual([0, 1, 2, 3, 4]);
  },
  weightOf: async () => {
    const lossWith = async (weightOf: ToyOptions['weightOf']) => {
      const { result, of } = await observe({
        maxEpochs: 1,
        transform: sgd({ learningRate: 1e-300 }),
        logEvery: 1,
        weightOf: weightOf!,
      });
      return {
        epoch: of('epoch-end')[0]!.trainLoss,
        each: of('update-end').map(({ loss }) => loss!),
        best: result.best!.value,
      };
    };
    const bySize = await lossWith(({ size }) => size);
    const { each } = bySize;
    const weighted = (weights: number[]) =>
      each.reduce((sum, loss, i) => sum + loss * weights[i]!, 0) / weights.reduce((a, b) => a + b);
    expect(bySize.epoch).toBeCloseTo(weighted([4, 4, 4, 4, 2]), 12);
    expect((await lossWith(() => 1)).epoch).toBeCloseTo(weighted([1, 1, 1, 1, 1]), 12);
    expect(
      (await observe({ maxEpochs: 1, logEvery: 1, transform: sgd({ learningRate: 1e-300 }) })).of('epoch-end')[0]!
        .trainLoss,
    ).toBe(bySize.epoch);
    expect((await lossWith(() => 1)).best).not.toBe(bySize.best);
  },
  describeBatch: async () => {
    const source = { change: (batch: ToyBatch) => ({ ...batch, y: batch.y.map(() => Number.NaN) }) };
    const failing = observe({ nanPolicy: 'error', describeBatch: () => 'the file of Tuesday' }, { source });
    await expect(failing).rejects.toThrow(/the file of Tuesday/);
  },
  seed: () => expectDifference({ seed: 5 }, { model: { dropout: 0.5 } }),
};
