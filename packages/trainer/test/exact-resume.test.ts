import { adamw, exponentialMovingAverage } from '@nt/optim';
import { describe, expect, it } from 'vitest';
import { fit, train } from '../src/index.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { finalState } from './toy/final-state.ts';
import { reduceOnPlateau } from './toy/plateau.ts';
import { type ToyOptions, type ToyRun, type ToyRunSetup, toyRun } from './toy/toy-run.ts';

type Program = () => { readonly options: Partial<ToyOptions>; readonly setup?: ToyRunSetup<never> };

const programs: Record<string, Program> = {
  'checkpoints every 3 updates, in the middle of epochs': () => ({
    options: {
      maxEpochs: 4,
      checkpoint: { storage: memoryStorage(), everyUpdates: 3 },
      validation: undefined as never,
    },
  }),
  'a schedule, clipping, accumulation and dropout': () => ({
    options: {
      maxEpochs: 4,
      accumulate: 2,
      gradientClipNorm: 0.5,
      gradientClipValue: 0.2,
      transform: adamw({ learningRate: (updates) => 0.05 / (1 + updates) }),
      logEvery: 5,
      checkpoint: { storage: memoryStorage(), everyUpdates: 1 },
    },
    setup: { model: { dropout: 0.4 } },
  }),
  'averaged weights, validation every 3 updates, early stopping': () => ({
    options: {
      maxEpochs: 20,
      averaging: exponentialMovingAverage({ decay: 0.8 }),
      validation: { batches: toyRun().options.validation!.batches, everyUpdates: 3 },
      transform: adamw({ learningRate: 0.4 }),
      earlyStopping: { patience: 4 },
      checkpoint: { storage: memoryStorage(), everyUpdates: 4, topK: 2 },
    },
  }),
  'a learning rate that follows the validation loss': () => {
    const plateau = reduceOnPlateau(0.3, 1);
    return {
      options: {
        maxEpochs: 8,
        transform: adamw({ learningRate: plateau.learningRate }),
        plateau,
        checkpoint: { storage: memoryStorage(), everyEpochs: 1 },
      },
    };
  },
  'overfitBatches and limitTrainBatches': () => ({
    options: {
      maxEpochs: 6,
      overfitBatches: 3,
      logEvery: 2,
      checkpoint: { storage: memoryStorage(), everyUpdates: 2 },
    },
  }),
  'a limited epoch': () => ({
    options: {
      maxEpochs: 5,
      limitTrainBatches: 3,
      logEvery: 2,
      checkpoint: { storage: memoryStorage(), everyUpdates: 2 },
    },
  }),
};

const start = (program: Program, changes: Partial<ToyOptions> = {}): ToyRun => {
  const { options, setup } = program();
  return toyRun({ ...options, ...changes }, setup as never);
};

/** Runs until `killAt` updates are complete, and leaves as a killed process would: without saving anything. */
async function runAndDie({ options }: ToyRun, killAt: number): Promise<void> {
  for await (const event of train(options)) if (event.type === 'update-end' && event.update >= killAt) return;
}

describe('exact resume', () => {
  it.each(Object.keys(programs))(
    '%s: killed anywhere, all bits as if never killed',
    { timeout: 120_000 },
    async (name) => {
      const program = programs[name]!;
      const whole = start(program);
      const storage = whole.options.checkpoint!.storage;
      const result = await fit(whole.options);
      const expected = await finalState(storage, whole, result);
      for (let killAt = 1; killAt < result.updates; killAt += killAt % 3 === 0 ? 2 : 1) {
        const place = memoryStorage();
        const checkpoint = { ...whole.options.checkpoint!, storage: place };
        await runAndDie(start(program, { checkpoint }), killAt);
        const resumed = start(program, { checkpoint, resumeFrom: 'last', resumeIfPresent: true });
        const finished = await fit(resumed.options);
        expect(await finalState(place, resumed, finished), `killed at ${killAt}`).toEqual(expected);
      }
    },
  );

  it('an aborted run saves its very update and continues from there', async () => {
    const program = programs['averaged weights, validation every 3 updates, early stopping']!;
    const whole = start(program);
    const expected = await finalState(whole.options.checkpoint!.storage, whole, await fit(whole.options));
    const storage = memoryStorage();
    const checkpoint = { ...whole.options.checkpoint!, storage };
    const abort = new AbortController();
    const first = start(program, { checkpoint, signal: abort.signal });
    const stopped = await fit({
      ...first.options,
      onEvent: (event) => event.type === 'update-end' && event.update === 5 && abort.abort(),
    });
    expect(stopped).toMatchObject({ reason: 'aborted', updates: 5 });
    const resumed = start(program, { checkpoint, resumeFrom: 'last' });
    expect(await finalState(storage, resumed, await fit(resumed.options))).toEqual(expected);
  });

  it('resuming a finished run changes nothing', async () => {
    const program = programs['averaged weights, validation every 3 updates, early stopping']!;
    const whole = start(program);
    const { checkpoint } = whole.options;
    const first = await fit(whole.options);
    const expected = await finalState(checkpoint!.storage, whole, first);
    const again = start(program, { checkpoint: checkpoint!, resumeFrom: 'last' });
    const second = await fit(again.options);
    expect(second).toMatchObject({
      reason: 'early-stopped',
      checkpoint: first.checkpoint,
      bestCheckpoint: first.bestCheckpoint,
    });
    expect(await finalState(checkpoint!.storage, again, second)).toEqual(expected);
  });
});
