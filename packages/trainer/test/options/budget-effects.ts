import { adamw } from '@nt/optim';
import { expect } from 'vitest';
import { memoryLogger } from '../../src/index.ts';
import { memoryStorage } from '../../src/storage/memory/index.ts';
import { type ToyOptions, toyRun } from '../toy/toy-run.ts';
import { type EffectTable, noValidation, observe, updatesOf } from './observe.ts';

export const budgetEffects: Pick<
  EffectTable<ToyOptions>,
  | 'maxEpochs'
  | 'maxUpdates'
  | 'maxTime'
  | 'minUpdates'
  | 'limitTrainBatches'
  | 'limitValidationBatches'
  | 'sanityValidationBatches'
  | 'overfitBatches'
  | 'fastDevRun'
> = {
  maxEpochs: async () =>
    expect((await observe({ maxEpochs: 3 })).result).toMatchObject({ reason: 'completed', updates: 15, epochs: 3 }),
  maxUpdates: async () =>
    expect((await observe({ maxUpdates: 7 })).result).toMatchObject({ reason: 'completed', updates: 7, epochs: 1 }),
  maxTime: async () => {
    let now = 0;
    const { result } = await observe({ maxTime: 0.05, clock: () => (now += 5) });
    expect(result).toMatchObject({ reason: 'max-time' });
    expect(result.seconds).toBeGreaterThanOrEqual(0.05);
    expect(result.updates).toBeLessThan(10);
  },
  minUpdates: async () => {
    const stopping = { earlyStopping: { patience: 1, minDelta: 100 }, maxEpochs: 9 };
    expect((await observe(stopping)).result.updates).toBe(10);
    expect((await observe({ ...stopping, minUpdates: 21 })).result.updates).toBe(21);
  },
  limitTrainBatches: async () => {
    const { of, result } = await observe({ limitTrainBatches: 2, maxEpochs: 4 });
    expect(updatesOf(of('epoch-end'))).toEqual([2, 4, 6, 8]);
    // The source goes on where it was, so that all of the data is seen: its short fifth batch is the fifth update.
    expect(of('update-end').map(({ size }) => size)).toEqual([4, 4, 4, 4, 2, 4, 4, 4]);
    expect(result.windows).toBe(30);
  },
  limitValidationBatches: async () => {
    const whole = (await observe({ maxUpdates: 1 })).of('validation-end')[0]!.metrics;
    expect((await observe({ maxUpdates: 1, limitValidationBatches: 1 })).of('validation-end')[0]!.metrics).not.toEqual(
      whole,
    );
    expect((await observe({ maxUpdates: 1, limitValidationBatches: 9 })).of('validation-end')[0]!.metrics).toEqual(
      whole,
    );
  },
  sanityValidationBatches: async () => {
    const { events, result } = await observe({ sanityValidationBatches: 1 });
    expect(events.slice(1, 3)).toMatchObject([
      { type: 'validation-start', sanity: true },
      { type: 'validation-end', sanity: true, update: 0 },
    ]);
    expect(result.history).toEqual((await observe()).result.history);
    const failing = observe({ sanityValidationBatches: 1, monitor: 'typo' });
    await expect(failing).rejects.toMatchObject({ code: 'trainer/unknown-metric' });
  },
  overfitBatches: async () => {
    const rows = new Set<number>();
    const toTensors: ToyOptions['toTensors'] = (batch, ops) => {
      for (const row of batch.rows) rows.add(row);
      return toyRun().options.toTensors(batch, ops);
    };
    const { result, of } = await observe({
      overfitBatches: 1,
      maxEpochs: 60,
      validation: noValidation,
      toTensors,
      transform: adamw({ learningRate: 0.1 }),
    });
    expect(rows.size).toBe(4);
    expect(result.updates).toBe(60);
    expect(of('epoch-end').at(-1)!.trainLoss).toBeLessThan(of('epoch-end')[0]!.trainLoss / 100);
  },
  fastDevRun: async () => {
    const logger = memoryLogger();
    const storage = memoryStorage();
    const { result } = await observe({ fastDevRun: true, maxEpochs: 50, checkpoint: { storage }, loggers: [logger] });
    expect(result).toMatchObject({ reason: 'completed', updates: 1 });
    expect([logger.rows.length, (await storage.list()).length]).toEqual([0, 0]);
    expect((await observe({ fastDevRun: 3 })).result.updates).toBe(3);
  },
};
