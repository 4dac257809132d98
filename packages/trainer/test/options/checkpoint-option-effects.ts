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
  maxTimeShare: async () => {
    // Each look at the clock is a second, and a checkpoint takes one or two of them: at 1 in 20, one in 20 to 40.
    const countedAt = async (checkpoint: Partial<CheckpointOptions>) => {
      let now = 0;
      const { of } = await observe({
        maxEpochs: 12,
        clock: () => (now += 1000),
        checkpoint: { storage: memoryStorage(), ...checkpoint },
      });
      return of('checkpoint-saved').length;
    };
    const [byDefault, seldom, often] = [
      await countedAt({}),
      await countedAt({ maxTimeShare: 0.005 }),
      await countedAt({ maxTimeShare: 0.2 }),
    ];
    expect(seldom).toBeLessThan(byDefault);
    expect(byDefault).toBeLessThan(often);
    expect(await countedAt({ maxTimeShare: 0.05 })).toBe(byDefault);
    // At the latest after `everyMinutes`, whatever the share says; a count is kept whatever it costs.
    expect(await countedAt({ maxTimeShare: 0.005, everyMinutes: 0.25 })).toBeGreaterThan(seldom);
    expect(await countedAt({ everyEpochs: 1, best: false })).toBe(12);
  },
  last: async () => {
    // The weights get worse after the first epoch, so that best and last are two checkpoints.
    const transform = sgd({ learningRate: (updates) => (updates < 5 ? 0.1 : 3) });
    const kept = async (last: boolean) => {
      const storage = memoryStorage();
      const { result } = await observe({ transform, checkpoint: { storage, everyEpochs: 1, last } });
      return { names: await storage.list(), best: result.bestCheckpoint };
    };
    expect((await kept(true)).names).toHaveLength(2);
    const { names, best } = await kept(false);
    // Never only one, which might be damaged.
    expect(names).toHaveLength(2);
    expect(names[0]).toBe(best);
  },
  best: async () => {
    const transform = sgd({ learningRate: (updates) => (updates < 5 ? 0.1 : 3) });
    const storage = memoryStorage();
    const { result } = await observe({ transform, maxEpochs: 4, checkpoint: { storage, everyEpochs: 1 } });
    // The best, the one before the newest, the newest.
    const names = await storage.list();
    expect([names[0], names[2]]).toEqual([result.bestCheckpoint, result.checkpoint]);
    expect(names).toHaveLength(3);
    const best = await readCheckpoint(storage, 'best');
    expect(best.manifest).toMatchObject({ update: 5, best: result.best, monitored: { value: result.best!.value } });
    const without = memoryStorage();
    expect(
      (await observe({ transform, maxEpochs: 4, checkpoint: { storage: without, everyEpochs: 1, best: false } })).result
        .bestCheckpoint,
    ).toBe(null);
    expect(await without.list()).toHaveLength(2);
    // By time, a best check that no checkpoint falls on has its weights in every one, but none of its own.
    const timed = memoryStorage();
    const byTime = await observe({ transform, maxEpochs: 4, checkpoint: { storage: timed } });
    expect(byTime.result.bestCheckpoint).toBe(null);
    expect((await readCheckpoint(timed, 'last')).bestWeights).toEqual(best.weights);
    const asked = await observe({ transform, maxEpochs: 4, checkpoint: { storage: memoryStorage(), best: true } });
    expect(updatesOf(asked.of('checkpoint-saved'))).toEqual([5, 20]);
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
