import { describe, expect, it } from 'vitest';
import { fit, readCheckpoint, type TrainEvent } from '../src/index.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { type ToyOptions, toyRun } from './toy/toy-run.ts';

type Ends = Extract<TrainEvent, { type: 'validation-end' }>[];

async function validations(options: Partial<ToyOptions>): Promise<{ ends: Ends; events: TrainEvent[] }> {
  const events: TrainEvent[] = [];
  await fit({ ...toyRun(options).options, onEvent: (event) => events.push(event) });
  return { ends: events.filter((event) => event.type === 'validation-end') as Ends, events };
}

const { validation } = toyRun().options;

/** Five updates an epoch. */
describe('when a run validates', () => {
  it.each<[what: string, options: Partial<ToyOptions>, updates: number[]]>([
    ['after each epoch', { maxEpochs: 3 }, [5, 10, 15]],
    [
      'after each second epoch, and after the last',
      { maxEpochs: 5, validation: { ...validation!, everyEpochs: 2 } },
      [10, 20, 25],
    ],
    [
      'after each second epoch, the last of which it is',
      { maxEpochs: 4, validation: { ...validation!, everyEpochs: 2 } },
      [10, 20],
    ],
    [
      'after each third epoch, and after the last',
      { maxEpochs: 7, validation: { ...validation!, everyEpochs: 3 } },
      [15, 30, 35],
    ],
    [
      'after each third update, and after the last',
      { maxUpdates: 7, validation: { ...validation!, everyUpdates: 3 } },
      [3, 6, 7],
    ],
    [
      'after each third update, the last of which it is',
      { maxUpdates: 6, validation: { ...validation!, everyUpdates: 3 } },
      [3, 6],
    ],
  ])('%s', async (_, options, updates) => {
    const { ends } = await validations(options);
    expect(ends.map(({ update }) => update)).toEqual(updates);
  });

  it.each<Partial<ToyOptions>>([{ maxUpdates: 7 }, { maxEpochs: 2 }])(
    'the last validation stands in the last checkpoint, which is written once: %j',
    async (budget) => {
      const checkpoint = { storage: memoryStorage(), everyUpdates: 1 };
      const { events } = await validations({ ...budget, checkpoint, validation: { ...validation!, everyEpochs: 9 } });
      const types = events
        .map(({ type }) => type)
        .filter((type) => /^(update-end|validation-end|checkpoint-saved)$/.test(type));
      expect(types.slice(-3)).toEqual(['update-end', 'validation-end', 'checkpoint-saved']);
      const { manifest } = await readCheckpoint(checkpoint.storage, 'last');
      expect(manifest.best).not.toBeNull();
    },
  );

  it('when the time is up in the middle of an epoch, for the last time', async () => {
    let now = 0;
    const { ends, events } = await validations({ maxTime: 0.05, clock: () => (now += 5) });
    const end = events.at(-1);
    expect(end).toMatchObject({ type: 'run-end', result: { reason: 'max-time' } });
    expect(ends.map(({ update }) => update)).toEqual([end?.type === 'run-end' && end.result.updates]);
    expect(events.every(({ type }) => typeof type === 'string')).toBe(true);
  });

  it('not for a sanity check when a run goes on: it was checked when it began', async () => {
    const checkpoint = { storage: memoryStorage(), everyEpochs: 1 };
    await validations({ maxEpochs: 1, checkpoint });
    const { ends } = await validations({ maxEpochs: 2, checkpoint, resumeFrom: 'last', sanityValidationBatches: 1 });
    expect(ends.map(({ update, sanity }) => [update, sanity])).toEqual([[10, false]]);
  });

  it('a batch that counts nothing adds nothing, whatever its loss is', async () => {
    const poisoned = () =>
      [...validation!.batches()].map((batch, at) =>
        at === 0 ? { ...batch, y: batch.y.map(() => Number.NaN) } : batch,
      );
    const { ends } = await validations({
      maxEpochs: 1,
      validation: { batches: poisoned },
      weightOf: ({ y }) => (Number.isNaN(y[0]) ? 0 : 1),
    });
    expect(ends[0]!.metrics['validationLoss']).toBeGreaterThan(0);
  });

  it('a sanity validation says so, and later ones do not', async () => {
    const { events } = await validations({ maxEpochs: 1, sanityValidationBatches: 1 });
    const told = events.flatMap((event) =>
      event.type === 'validation-start' || event.type === 'validation-end' ? [[event.type, event.sanity]] : [],
    );
    expect(told).toEqual([
      ['validation-start', true],
      ['validation-end', true],
      ['validation-start', false],
      ['validation-end', false],
    ]);
    const sanity = events.find((event) => event.type === 'validation-end');
    expect(sanity).toMatchObject({ improved: false, best: null, checksWithoutImprovement: 0 });
  });

  it('improves nothing where another metric is monitored, and runs as no training', async () => {
    const modes: boolean[] = [];
    const { ends } = await validations({
      maxEpochs: 1,
      monitor: 'trainLoss',
      validation: {
        ...validation!,
        metricsOf: (_, { ops, training }) => {
          modes.push(training);
          return { x: ops.tensor([1], []) };
        },
      },
    });
    expect(ends.map(({ improved }) => improved)).toEqual([false]);
    expect(new Set(modes)).toEqual(new Set([false]));
  });

  it('names every metric that could be monitored', async () => {
    const metricsOf: NonNullable<NonNullable<ToyOptions['validation']>['metricsOf']> = (_, { ops }) => ({
      mae: ops.tensor([1], []),
    });
    const error = await fit(
      toyRun({ maxEpochs: 1, monitor: 'maee', validation: { ...validation!, metricsOf } }).options,
    ).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'trainer/unknown-metric',
      details: { monitor: 'maee', metrics: ['trainLoss', 'validationLoss', 'mae'] },
    });
  });
});
