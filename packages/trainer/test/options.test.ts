import { describe, expect, it } from 'vitest';
import { fit } from '../src/index.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { budgetEffects } from './options/budget-effects.ts';
import { checkEffects } from './options/check-effects.ts';
import { checkpointOptionEffects } from './options/checkpoint-option-effects.ts';
import { checkpointRunEffects } from './options/checkpoint-run-effects.ts';
import { dataEffects } from './options/data-effects.ts';
import { earlyStoppingOptionEffects } from './options/early-stopping-option-effects.ts';
import { lossScalingOptionEffects } from './options/loss-scaling-option-effects.ts';
import { type EffectTable, observe, validated } from './options/observe.ts';
import { reportEffects } from './options/report-effects.ts';
import { updateEffects } from './options/update-effects.ts';
import { validationOptionEffects } from './options/validation-option-effects.ts';
import { toyData, toySource } from './toy/toy-data.ts';
import { type ToyOptions, toyRun } from './toy/toy-run.ts';

/** Does not compile when an option is missing. */
const trainEffects: EffectTable<ToyOptions> = {
  ...dataEffects,
  ...budgetEffects,
  ...checkEffects,
  ...updateEffects,
  ...checkpointRunEffects,
  ...reportEffects,
};

describe.each([
  ['train', trainEffects],
  ['validation', validationOptionEffects],
  ['checkpoint', checkpointOptionEffects],
  ['earlyStopping', earlyStoppingOptionEffects],
  ['lossScaling', lossScalingOptionEffects],
])('%s: every option has an effect', (_, table) => {
  it.each(Object.entries(table))('%s', async (_name, test) => {
    await test();
  });
});

describe('wrong options', () => {
  it.each([
    [{ maxEpoch: 3 }, 'trainer/unknown-option', /Did you mean 'maxEpochs'/],
    [{ gradientClipNrom: 1 }, 'trainer/unknown-option', /Did you mean 'gradientClipNorm'/],
    [{ earlyStopping: { patient: 3 } }, 'trainer/unknown-option', /Did you mean 'patience'/],
    [
      { checkpoint: { storage: memoryStorage(), every: 3 } },
      'trainer/unknown-option',
      /checkpoint: there is no option 'every'/,
    ],
    [{ validation: { ...validated, everyUpdate: 3 } }, 'trainer/unknown-option', /Did you mean 'everyUpdates'/],
    [{ maxEpochs: 0 }, 'trainer/bad-option', /whole number >= 1; found 0/],
    [{ maxEpochs: undefined }, 'trainer/bad-option', /maxEpochs, maxUpdates or maxTime/],
    [{ earlyStopping: {} }, 'trainer/bad-option', /expected patience to be given/],
    [{ mode: 'less' }, 'trainer/bad-option', /one of 'min', 'max'; found "less"/],
    [{ resumeFrom: 'last' }, 'trainer/bad-option', /expected checkpoint/],
    [{ resumeIfPresent: true }, 'trainer/bad-option', /expected resumeFrom/],
    [{ allowChanged: ['x'] }, 'trainer/bad-option', /expected resumeFrom/],
    [{ monitor: 'a', earlyStopping: { patience: 1, monitor: 'b' } }, 'trainer/bad-option', /that of the run, 'a'/],
    [{ limitValidationBatches: 1, validation: undefined }, 'trainer/bad-option', /expected validation/],
    [{ config: { f: 1n } }, 'trainer/bad-option', /to be JSON/],
    [{ lossOf: undefined }, 'trainer/bad-option', /expected lossOf to be given/],
  ])('case %# is refused', async (options, code, message) => {
    const failing = fit({ ...toyRun({ maxEpochs: 2 }).options, ...options } as never);
    await expect(failing).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('batches that are none, or have no size, are named', async () => {
    const none = { ...toySource(toyData(4)), batchesPerEpoch: 1, [Symbol.iterator]: () => [][Symbol.iterator]() };
    await expect(observe({ batches: none as never })).rejects.toMatchObject({ code: 'trainer/bad-batch' });
    const sizeless = { source: { change: (batch: object) => ({ ...batch, size: 0 }) } } as never;
    await expect(observe({}, sizeless)).rejects.toThrow(/found 0/);
  });
});
