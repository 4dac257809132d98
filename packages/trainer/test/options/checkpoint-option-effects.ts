import { adamw, sgd } from '@nt/optim';
import { expect } from 'vitest';
import { type CheckpointOptions, listCheckpoints, readCheckpoint } from '../../src/index.ts';
import { memoryStorage } from '../../src/storage/memory/index.ts';
import { type EffectTable, observe, updatesOf } from './observe.ts';

export const checkpointOptionEffects: EffectTable<CheckpointOptions> = {
  storage: async () => {
    const storage = memoryStorage();
    const { of } = await observe({ checkpoint: { storage } });
    expect(of('checkpoint-saved')[0]!.location).toBe('memory');
  },
  everyUpdates: async () => {
    const { of } = await observe({ checkpoint: { storage: memoryStorage(), everyUpdates: 4, best: false } });
    expect(updatesOf(of('checkpoint-saved'))).toEqual([4, 8, 10]);
  },
  everyEpochs: async () => {
    const { of } = await observe({
      maxEpochs: 5,
      checkpoint: { storage: memoryStorage(), everyEpochs: 2, best: false },
    });
    expect(updatesOf(of('checkpoint-saved'))).toEqual([10, 20, 25]);
  },
  everyMinutes: async () => {
    let now = 0;
    const { of } = await observe({
      maxEpochs: 6,
      clock: () => (now += 2000),
      checkpoint: { storage: memoryStorage(), everyMinutes: 1, best: false },
    });
    const saved = of('checkpoint-saved').length;
    expect(saved).toBeGreaterThan(1);
    expect(saved).toBeLessThan(8);
  },
  last: async () => {
    // The weights get worse after the first epoch, so that best and last are two checkpoints.
    const transform = sgd({ learningRate: (updates) => (updates < 5 ? 0.1 : 3) });
    const kept = async (last: boolean) => {
      const storage = memoryStorage();
      const { result } = await observe({ transform, checkpoint: { storage, last } });
      return { names: await storage.list(), best: result.bestCheckpoint };
    };
    expect((await kept(true)).names).toHaveLength(2);
    const { names, best } = await kept(false);
    expect(names).toEqual([best]);
  },
  best: async () => {
    const transform = sgd({ learningRate: (updates) => (updates < 5 ? 0.1 : 3) });
    const storage = memoryStorage();
    const { result } = await observe({ transform, maxEpochs: 4, checkpoint: { storage } });
    expect(await storage.list()).toEqual([result.bestCheckpoint, result.checkpoint]);
    const best = await readCheckpoint(storage, 'best');
    expect(best.manifest).toMatchObject({ update: 5, best: result.best, monitored: { value: result.best!.value } });
    const without = memoryStorage();
    expect(
      (await observe({ transform, maxEpochs: 4, checkpoint: { storage: without, best: false } })).result.bestCheckpoint,
    ).toBe(null);
    expect(await without.list()).toHaveLength(1);
  },
  topK: async () => {
    const storage = memoryStorage();
    const { of } = await observe({
      maxEpochs: 8,
      transform: adamw({ learningRate: 0.3 }),
      checkpoint: { storage, topK: 3, last: false },
    });
    const best = of('validation-end')
      .map(({ metrics, update }) => ({ value: metrics['validationLoss']!, update }))
      .sort((a, b) => a.value - b.value)
      .slice(0, 3);
    const kept = (await listCheckpoints(storage)).map(({ manifest }) => manifest!.update);
    expect(kept).toEqual(updatesOf(best).sort((a, b) => a - b));
  },
};
