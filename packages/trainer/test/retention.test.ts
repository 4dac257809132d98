import { describe, expect, it } from 'vitest';
import { type CheckpointOptions, fit, type TrainEvent } from '../src/index.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { type ToyOptions, type ToyRun, toyRun } from './toy/toy-run.ts';

/** Five updates an epoch, and a check after each, whose metric follows a script. */
function scripted(losses: readonly number[], more: Partial<ToyOptions>): ToyRun {
  let checks = 0;
  const { validation } = toyRun().options;
  return toyRun({
    maxEpochs: losses.length,
    validation: {
      batches: () => [...validation!.batches()].slice(0, 1),
      metricsOf: (_, { ops }) => ({ scripted: ops.tensor([losses[checks++]!], []) }),
    },
    monitor: 'scripted',
    ...more,
  });
}

describe('which checkpoints are kept', () => {
  it.each<[what: string, mode: 'min' | 'max', Partial<CheckpointOptions>, losses: number[], kept: number[]]>([
    ['the two best alone', 'min', { last: false, best: false, topK: 2 }, [3, 1, 2, 5, 4], [10, 15]],
    [
      'the two best alone, the higher the better',
      'max',
      { last: false, best: false, topK: 2 },
      [3, 1, 2, 5, 4],
      [20, 25],
    ],
    ['fractions are ordered, too', 'min', { last: false, best: false, topK: 2 }, [0.3, 0.1, 0.2, 0.5, 0.4], [10, 15]],
    ['of two that are as good the earlier', 'min', { last: false, topK: 1 }, [2, 2, 3], [5, 15]],
    ['the best, and the newest in case it is damaged', 'min', { last: false }, [3, 1, 2, 5, 4], [10, 25]],
    ['the best and the last two', 'min', {}, [3, 1, 2, 5, 4], [10, 20, 25]],
    ['the last two', 'min', { best: false }, [3, 1, 2, 5, 4], [20, 25]],
    [
      'a check that is no number is never among the best',
      'min',
      { last: false, best: false, topK: 3 },
      [3, Number.NaN, 2, 4, 5],
      [5, 15, 20],
    ],
  ])('%s', async (_, mode, retention, losses, kept) => {
    const storage = memoryStorage();
    await fit(scripted(losses, { mode, checkpoint: { storage, everyEpochs: 1, ...retention } }).options);
    expect((await storage.list()).map((name) => Number(name.split('-').at(-1)))).toEqual(kept);
  });

  it('without a cadence of its own, a check is kept when it is among the best, and no other', async () => {
    const storage = memoryStorage();
    const saved: number[] = [];
    const run = scripted([3, 1, 2, 5, 4], {
      checkpoint: { storage, everyUpdates: 1000, best: false, topK: 2 },
    });
    const onEvent = (event: TrainEvent): void => {
      if (event.type === 'checkpoint-saved') saved.push(event.update);
    };
    await fit({ ...run.options, onEvent });
    // The one at the end is that of the end.
    expect(saved).toEqual([5, 10, 15, 25]);
  });

  it('tells the bytes of a checkpoint: those of all its files', async () => {
    const storage = memoryStorage();
    let told = { name: '', bytes: 0 };
    const onEvent = (event: TrainEvent): void => {
      if (event.type === 'checkpoint-saved') told = event;
    };
    await fit({ ...toyRun({ maxEpochs: 1, checkpoint: { storage, everyEpochs: 1 } }).options, onEvent });
    const files = await storage.files(told.name);
    const sizes = await Promise.all(files.map(async (file) => (await storage.read(told.name, file)).length));
    expect(told.bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
  });
});
