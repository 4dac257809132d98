import { sgd } from '@nt/optim';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type CheckpointOptions,
  type CheckpointStorage,
  fit,
  readCheckpoint,
  type TrainEvent,
  TrainerError,
} from '../src/index.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { damage, flipped, signed } from './toy/damage.ts';
import { finalState } from './toy/final-state.ts';
import { type ToyOptions, toyRun } from './toy/toy-run.ts';

let storage: CheckpointStorage;
let names: readonly string[];

describe('the one before the newest', () => {
  /** Each check is better than the one before it, so that the newest is also the best. */
  const improving = (more: Partial<ToyOptions> = {}) =>
    toyRun({ maxEpochs: 3, transform: sgd({ learningRate: 0.01 }), checkpoint: { storage, everyEpochs: 1 }, ...more });

  beforeEach(() => {
    storage = memoryStorage();
  });

  it.each<[string, Partial<CheckpointOptions>]>([
    ['default retention', {}],
    ['last: false', { last: false }],
    ['best: false', { best: false }],
    ['neither', { last: false, best: false }],
    ['topK 1', { topK: 1 }],
  ])('is kept with %s, and a run goes on from it to the same bits', async (_, retention) => {
    const checkpoint = { storage, everyEpochs: 1, ...retention };
    const whole = improving({ checkpoint });
    const result = await fit(whole.options);
    names = await storage.list();
    expect(names.length).toBeGreaterThanOrEqual(2);
    const expected = await finalState(storage, whole, result);
    await damage(storage, names.at(-1)!, 'weights.safetensors', flipped);
    const resumed = improving({ checkpoint, resumeFrom: 'last-good' });
    const events: TrainEvent[] = [];
    const again = await fit({ ...resumed.options, onEvent: (event) => events.push(event) });
    expect(events.find(({ type }) => type === 'run-start')).toMatchObject({ resumedFrom: names.at(-2) });
    expect(events.filter(({ type }) => type === 'notice')).toMatchObject([
      { code: 'checkpoint-passed-over', details: { usedInstead: names.at(-2) } },
    ]);
    expect(await finalState(storage, resumed, again)).toEqual(expected);
    expect(await storage.list()).not.toContain(names.at(-1));
  });

  it('saves a run from a flipped bit in any byte of any file of the newest', async () => {
    await fit(improving().options);
    names = await storage.list();
    const newest = names.at(-1)!;
    for (const file of await storage.files(newest)) {
      const bytes = await storage.read(newest, file);
      for (let at = 0; at < bytes.length; at += 41) {
        await damage(storage, newest, file, () => flipped(bytes, at));
        const { name } = await readCheckpoint(storage, 'last-good');
        expect(name, `${file} at ${at}`).toBe(names.at(-2));
      }
      await damage(storage, newest, file, () => bytes);
    }
  });

  it('is not used for what is no damage: a later format, a file that may not be read', async () => {
    await fit(improving().options);
    names = await storage.list();
    const forbidden: CheckpointStorage = {
      ...storage,
      read: async (name, file) => {
        if (name !== names.at(-1)) return storage.read(name, file);
        throw new TrainerError('trainer/storage', 'no', { code: 'EACCES' });
      },
    };
    await expect(readCheckpoint(forbidden, 'last-good')).rejects.toMatchObject({ code: 'trainer/storage' });
    await damage(
      storage,
      names.at(-1)!,
      'manifest.json',
      signed((manifest) => (manifest['version'] = 2)),
    );
    await expect(readCheckpoint(storage, 'last-good')).rejects.toMatchObject({ code: 'trainer/foreign-checkpoint' });
  });
});
