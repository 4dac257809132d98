import { describe, expect, it } from 'vitest';
import { fit, type TrainerError } from '../src/index.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { reduceOnPlateau } from './toy/plateau.ts';
import { toyRun } from './toy/toy-run.ts';

const array = { data: new Float64Array(2), shape: [2] };

describe('a checkpoint of other weights', () => {
  it.each([
    [1, /\(w0: absent in the checkpoint, \[2\] in the model\)/],
    [5, /w4: absent in the checkpoint, \[2\] in the model\)/],
    [6, /w4: absent in the checkpoint, \[2\] in the model; and 1 more\)/],
    [8, /w4: absent in the checkpoint, \[2\] in the model; and 3 more\)/],
  ])('names the first five of %d that differ, and how many more there are', async (count, told) => {
    const storage = memoryStorage();
    const checkpoint = { storage, everyEpochs: 1 };
    await fit(toyRun({ maxEpochs: 1, checkpoint }).options);
    const { options, model } = toyRun({ maxEpochs: 2, checkpoint, resumeFrom: 'last' });
    const more = Object.fromEntries(Array.from({ length: count }, (_, k) => [`w${k}`, array]));
    const other = { ...model, saveWeights: async () => ({ ...(await model.saveWeights()), ...more }) };
    const error = (await fit({ ...options, model: other as never }).catch((caught: unknown) => caught)) as TrainerError;
    expect(error.code).toBe('trainer/foreign-checkpoint');
    expect(error.message).toMatch(told);
    expect(error.message).not.toMatch(/w5/);
    expect(error.details).toMatchObject({ name: '000001-update-5' });
  });
});

describe('a plateau observer', () => {
  it('that is new to a run begins anew where the checkpoint knows of none', async () => {
    const checkpoint = { storage: memoryStorage(), everyEpochs: 1 };
    await fit(toyRun({ maxEpochs: 1, checkpoint }).options);
    const plateau = reduceOnPlateau(0.3, 1);
    const restored: unknown[] = [];
    const watched = { ...plateau, restore: (saved: unknown) => restored.push(saved) };
    const second = toyRun({ maxEpochs: 2, checkpoint, resumeFrom: 'last', plateau: watched as never });
    await fit(second.options).catch(() => undefined);
    expect(restored).toEqual([]);
  });
});
