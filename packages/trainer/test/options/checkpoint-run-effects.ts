import { expect } from 'vitest';
import { readCheckpoint } from '../../src/index.ts';
import { memoryStorage } from '../../src/storage/memory/index.ts';
import type { ToyOptions } from '../toy/toy-run.ts';
import { type EffectTable, observe } from './observe.ts';

export const checkpointRunEffects: Pick<
  EffectTable<ToyOptions>,
  'checkpoint' | 'resumeFrom' | 'resumeIfPresent' | 'config' | 'allowChanged' | 'metadata'
> = {
  checkpoint: async () => {
    const storage = memoryStorage();
    const { of } = await observe({ checkpoint: { storage } });
    expect(await storage.list()).toContain(of('checkpoint-saved').at(-1)!.name);
  },
  resumeFrom: async () => {
    const storage = memoryStorage();
    const checkpoint = { storage, topK: 9 };
    const first = await observe({ checkpoint, maxEpochs: 1 });
    await observe({ checkpoint, maxEpochs: 3, resumeFrom: 'last' });
    const back = await observe({ checkpoint, maxUpdates: 6, resumeFrom: first.result.checkpoint! });
    expect(back.of('run-start')[0]).toMatchObject({ resumedFrom: first.result.checkpoint, update: 5, epoch: 1 });
    const missing = observe({ checkpoint, resumeFrom: '000099-update-9' });
    await expect(missing).rejects.toMatchObject({ code: 'trainer/no-checkpoint' });
    const best = await observe({ checkpoint, maxEpochs: 9, resumeFrom: 'best' });
    expect(best.of('run-start')[0]!.resumedFrom).toBe(back.result.bestCheckpoint);
  },
  resumeIfPresent: async () => {
    const checkpoint = { storage: memoryStorage() };
    await expect(observe({ checkpoint, resumeFrom: 'last' })).rejects.toMatchObject({ code: 'trainer/no-checkpoint' });
    const { of } = await observe({ checkpoint, resumeFrom: 'last', resumeIfPresent: true });
    expect(of('run-start')[0]).toMatchObject({ resumedFrom: null, update: 0 });
  },
  config: async () => {
    const checkpoint = { storage: memoryStorage() };
    await observe({ checkpoint, config: { optimizer: { name: 'adamw', learningRate: 0.1 }, horizon: 24 } });
    const changed = observe({
      checkpoint,
      resumeFrom: 'last',
      config: { optimizer: { name: 'adamw', learningRate: 0.2 }, horizon: 12 },
    });
    await expect(changed).rejects.toMatchObject({
      code: 'trainer/config-changed',
      message: expect.stringContaining('config.optimizer.learningRate: 0.1 → 0.2; config.horizon: 24 → 12'),
    });
  },
  allowChanged: async () => {
    const checkpoint = { storage: memoryStorage() };
    const config = (learningRate: number, horizon = 24) => ({ optimizer: { learningRate }, horizon });
    await observe({ checkpoint, config: config(0.1) });
    for (const allowed of [
      'learningRate',
      'config.optimizer.learningRate',
      'config.optimizer',
      'optimizer.learningRate',
    ]) {
      const { of } = await observe({ checkpoint, config: config(0.2), resumeFrom: 'last', allowChanged: [allowed] });
      expect(of('notice')[0]).toMatchObject({
        code: 'config-changed',
        message: expect.stringContaining('learningRate'),
      });
    }
    const more = observe({ checkpoint, config: config(0.2, 12), resumeFrom: 'last', allowChanged: ['learningRate'] });
    await expect(more).rejects.toThrow(/horizon: 24 → 12/);
    const accumulated = observe({ checkpoint, config: config(0.1), resumeFrom: 'last', accumulate: 2 });
    await expect(accumulated).rejects.toThrow(/trainer.accumulate: 1 → 2/);
  },
  metadata: async () => {
    const checkpoint = { storage: memoryStorage() };
    await observe({ checkpoint, metadata: { host: 'here' } });
    expect((await readCheckpoint(checkpoint.storage, 'last')).manifest.metadata).toEqual({ host: 'here' });
    await observe({ checkpoint, metadata: { host: 'there' }, resumeFrom: 'last' });
  },
};
