import { adamw, exponentialMovingAverage, sgd, stochasticWeightAverage } from '@nt/optim';
import type { RandomKey } from '@nt/tensor';
import { describe, expect, it } from 'vitest';
import {
  type CheckpointOptions,
  type EarlyStoppingOptions,
  fit,
  type LossScalingOptions,
  listCheckpoints,
  memoryLogger,
  readCheckpoint,
  type TrainEvent,
  type TrainEventOf,
  type TrainResult,
  type ValidationOptions,
} from '../src/index.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { mixedReference } from './toy/mixed-reference.ts';
import { reduceOnPlateau } from './toy/plateau.ts';
import { type ToyBatch, toyData, toySource } from './toy/toy-data.ts';
import { type ToyOptions, type ToyRunSetup, toyRun } from './toy/toy-run.ts';

interface Observed {
  readonly result: TrainResult;
  readonly events: readonly TrainEvent[];
  readonly weights: readonly number[];
  of<Type extends TrainEvent['type']>(type: Type): readonly TrainEventOf<Type>[];
}

/** Two epochs of five updates, unless the options say otherwise. */
async function observe(
  options: Partial<ToyOptions> = {},
  setup: ToyRunSetup<never> = {},
  extra = {},
): Promise<Observed> {
  const budget =
    options.maxEpochs || options.maxUpdates || options.maxTime || options.fastDevRun ? {} : { maxEpochs: 2 };
  const run = toyRun({ ...budget, ...options }, setup as never);
  const events: TrainEvent[] = [];
  const result = await fit({ ...run.options, ...extra, onEvent: (event) => events.push(event) });
  const weights = [...run.model.parameters.values()].flatMap((variable) => [...variable.values]);
  const of = <Type extends TrainEvent['type']>(type: Type) =>
    events.filter((event): event is TrainEventOf<Type> => event.type === type);
  return { result, events, weights, of };
}

const validated = toyRun().options.validation!;
const noValidation = undefined as never;

/** The numbers of the updates at which an event happened. */
const updatesOf = (events: readonly { readonly update: number }[]): number[] => events.map(({ update }) => update);

async function expectDifference(options: Partial<ToyOptions>, setup: ToyRunSetup<never> = {}): Promise<void> {
  expect((await observe(options, setup)).weights).not.toEqual((await observe({}, setup)).weights);
}

const trainOptions: { readonly [Name in keyof Required<ToyOptions>]: () => Promise<unknown> } = {
  backend: async () => {
    const setup = { backend: mixedReference('bfloat16') } as never;
    expect((await observe({}, setup)).weights).not.toEqual((await observe()).weights);
  },
  model: () => expectSetupDifference({ model: { hidden: 2 } }),
  transform: () => expectDifference({ transform: sgd({ learningRate: 0.01 }) }),
  batches: () => expectSetupDifference({ source: { seed: 8 } }),
  toTensors: async () => {
    const { toTensors } = toyRun().options;
    const sizes: number[] = [];
    await observe({
      toTensors(batch, ops) {
        sizes.push(batch.size);
        return toTensors(batch, ops);
      },
    });
    expect(sizes.slice(0, 5)).toEqual([4, 4, 4, 4, 2]);
  },
  lossOf: async () => {
    const run = toyRun();
    const keys: RandomKey[] = [];
    const lossOf: ToyOptions['lossOf'] = (inputs, context) => {
      if (context.training) keys.push(context.random);
      return run.options.lossOf(inputs, context);
    };
    await fit({ ...run.options, lossOf, maxEpochs: 1 });
    expect([...new Set(keys.map(({ counter }) => counter))]).toEqual([0, 1, 2, 3, 4]);
  },
  weightOf: async () => {
    const lossWith = async (weightOf: ToyOptions['weightOf']) => {
      const { result, of } = await observe({
        maxEpochs: 1,
        transform: sgd({ learningRate: 1e-300 }),
        logEvery: 1,
        weightOf: weightOf!,
      });
      return {
        epoch: of('epoch-end')[0]!.trainLoss,
        each: of('update-end').map(({ loss }) => loss!),
        best: result.best!.value,
      };
    };
    const bySize = await lossWith(({ size }) => size);
    const { each } = bySize;
    const weighted = (weights: number[]) =>
      each.reduce((sum, loss, i) => sum + loss * weights[i]!, 0) / weights.reduce((a, b) => a + b);
    expect(bySize.epoch).toBeCloseTo(weighted([4, 4, 4, 4, 2]), 12);
    expect((await lossWith(() => 1)).epoch).toBeCloseTo(weighted([1, 1, 1, 1, 1]), 12);
    expect(
      (await observe({ maxEpochs: 1, logEvery: 1, transform: sgd({ learningRate: 1e-300 }) })).of('epoch-end')[0]!
        .trainLoss,
    ).toBe(bySize.epoch);
    expect((await lossWith(() => 1)).best).not.toBe(bySize.best);
  },
  describeBatch: async () => {
    const source = { change: (batch: ToyBatch) => ({ ...batch, y: batch.y.map(() => Number.NaN) }) };
    const failing = observe({ nanPolicy: 'error', describeBatch: () => 'the file of Tuesday' }, { source });
    await expect(failing).rejects.toThrow(/the file of Tuesday/);
  },
  seed: () => expectDifference({ seed: 5 }, { model: { dropout: 0.5 } }),
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
  validation: async () => {
    expect((await observe()).of('validation-end')).toHaveLength(2);
    expect((await observe({ validation: noValidation })).of('validation-end')).toHaveLength(0);
  },
  earlyStopping: async () =>
    expect((await observe({ maxEpochs: 9, earlyStopping: { patience: 1, minDelta: 100 } })).result.reason).toBe(
      'early-stopped',
    ),
  monitor: async () => expect((await observe({ monitor: 'trainLoss' })).result.best!.metric).toBe('trainLoss'),
  mode: async () => {
    const [least, most] = [await observe({ maxEpochs: 5 }), await observe({ maxEpochs: 5, mode: 'max' })];
    expect(most.result.best!.value).toBeGreaterThan(least.result.best!.value);
  },
  restoreBestWeights: async () => {
    // A rate that ruins the weights after the first epoch.
    const transform = sgd({ learningRate: (updates) => (updates < 5 ? 0.1 : 3) });
    const [best, last] = [await observe({ transform }), await observe({ transform, restoreBestWeights: false })];
    expect([best.result.weights, last.result.weights]).toEqual(['best', 'last']);
    expect(best.weights).not.toEqual(last.weights);
    expect(best.weights).toEqual((await observe({ transform, maxEpochs: 1 })).weights);
  },
  plateau: async () => {
    const plateau = reduceOnPlateau(2, 0);
    const { of } = await observe({ plateau, transform: adamw({ learningRate: plateau.learningRate }), maxEpochs: 6 });
    const used = of('update-end').map(({ learningRate }) => learningRate!);
    expect(used[0]).toBe(2);
    expect(used.at(-1)).toBeLessThan(2);
  },
  accumulate: async () => {
    const { of, result } = await observe({ accumulate: 3 });
    // Five batches: three, and a rest of two at the end of the epoch.
    expect(of('update-end').map(({ size }) => size)).toEqual([12, 6, 12, 6]);
    expect(result.windows).toBe(36);
  },
  gradientClipNorm: async () => {
    await expectDifference({ gradientClipNorm: 0.01, transform: sgd({ learningRate: 0.05 }) });
    const { result } = await observe({ gradientClipNorm: 0.01, logEvery: 1 });
    expect(result.history[0]!.values['gradientNorm']).toBeGreaterThan(0.01);
  },
  gradientClipValue: () => expectDifference({ gradientClipValue: 0.01, transform: sgd({ learningRate: 0.05 }) }),
  averaging: async () => {
    for (const averaging of [
      exponentialMovingAverage({ decay: 0.9 }),
      stochasticWeightAverage({ startAfter: 2, every: 1 }),
    ]) {
      const { result, weights } = await observe({ averaging, restoreBestWeights: false });
      expect(result.weights).toBe('averaged');
      const plain = await observe({ restoreBestWeights: false });
      expect(weights).not.toEqual(plain.weights);
      // The training itself is the same; only what is validated and left behind is averaged.
      expect(result.history.filter(({ kind }) => kind === 'epoch')).toEqual(
        plain.result.history.filter(({ kind }) => kind === 'epoch'),
      );
      expect(result.history.filter(({ kind }) => kind === 'validation')).not.toEqual(
        plain.result.history.filter(({ kind }) => kind === 'validation'),
      );
    }
  },
  nanPolicy: async () => {
    const source = { change: (batch: ToyBatch) => ({ ...batch, y: batch.y.map(() => Number.NaN) }) };
    expect((await observe({ nanPolicy: 'stop' }, { source })).result).toMatchObject({ reason: 'nan', updates: 0 });
    expect((await observe({}, { source })).result).toMatchObject({ reason: 'nan', updates: 5 });
  },
  precision: () =>
    expect(observe({ precision: 'mixed-bfloat16' })).rejects.toMatchObject({ code: 'trainer/precision' }),
  lossScaling: async () => {
    await expect(observe({ lossScaling: {} })).rejects.toMatchObject({ code: 'trainer/bad-option' });
  },
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
  signal: async () => {
    const storage = memoryStorage();
    const { result } = await observe({ signal: AbortSignal.abort(), checkpoint: { storage } });
    expect(result).toMatchObject({ reason: 'aborted', updates: 0 });
    expect(await storage.list()).toHaveLength(1);
  },
  logEvery: async () => {
    const read = async (logEvery?: number) =>
      (await observe(logEvery ? { logEvery } : {}))
        .of('update-end')
        .filter(({ loss }) => loss !== null)
        .map(({ update }) => update);
    expect(await read(3)).toEqual([3, 5, 6, 9, 10]);
    // Default 50: only the ends of epochs.
    expect(await read()).toEqual([5, 10]);
  },
  loggers: async () => {
    const logger = memoryLogger();
    const { result } = await observe({ loggers: [logger], logEvery: 5 });
    expect(logger.rows.map(({ update, epoch, scalars }) => ({ update, epoch, values: scalars }))).toEqual(
      result.history.map(({ update, epoch, values }) => ({ update, epoch, values })),
    );
    expect(logger.valuesOf('learningRate')).toEqual([
      { update: 5, value: 0.05 },
      { update: 10, value: 0.05 },
    ]);
  },
  profiler: async () => {
    let now = 0;
    const { result } = await observe({
      profiler: 'simple',
      clock: () => (now += 1),
      checkpoint: { storage: memoryStorage() },
    });
    const { total, ...phases } = result.profile!;
    expect(Object.keys(phases)).toEqual(['data', 'forwardBackward', 'optimizer', 'validation', 'checkpoint', 'host']);
    expect(Object.values(phases).every((seconds) => seconds > 0)).toBe(true);
    expect(Object.values(phases).reduce((a, b) => a + b)).toBeCloseTo(total, 9);
    expect((await observe()).result.profile).toBe(null);
  },
  clock: async () => {
    let now = 1000;
    const { result, of } = await observe({ clock: () => (now += 250) });
    expect(result.seconds % 0.25).toBe(0);
    expect(of('update-end')[3]!.seconds).toBeGreaterThan(of('update-end')[2]!.seconds);
    // It goes back in the middle of the run.
    let tick = 0;
    const back = await observe({ clock: () => (tick++ < 12 ? tick * 1000 : tick) });
    expect(back.of('notice')).toMatchObject([{ code: 'clock-went-back' }]);
    const seconds = back.of('update-end').map((event) => event.seconds);
    expect([...seconds].sort((a, b) => a - b)).toEqual(seconds);
  },
};

async function expectSetupDifference(setup: ToyRunSetup<never>): Promise<void> {
  expect((await observe({}, setup)).weights).not.toEqual((await observe()).weights);
}

const validationOptions: {
  readonly [Name in keyof Required<ValidationOptions<never, never, never>>]: () => Promise<unknown>;
} = {
  batches: async () => {
    const other = { batches: () => [...validated.batches()].slice(1) };
    expect((await observe({ validation: other })).result.best!.value).not.toBe((await observe()).result.best!.value);
    await expect(observe({ validation: { batches: () => [] } })).rejects.toMatchObject({ code: 'trainer/bad-batch' });
  },
  everyEpochs: async () => {
    const { of } = await observe({ maxEpochs: 5, validation: { ...validated, everyEpochs: 2 } });
    expect(updatesOf(of('validation-end'))).toEqual([10, 20, 25]);
  },
  everyUpdates: async () => {
    const { of } = await observe({ validation: { ...validated, everyUpdates: 4 } });
    expect(updatesOf(of('validation-end'))).toEqual([4, 8, 10]);
    const both = await observe({ validation: { ...validated, everyUpdates: 4, everyEpochs: 1 } });
    expect(updatesOf(both.of('validation-end'))).toEqual([4, 5, 8, 10]);
  },
  metricsOf: async () => {
    const metricsOf: ValidationOptions<never, never, never>['metricsOf'] = ((_: never, { ops }: never) => ({
      seven: (ops as { tensor: (v: number[], s: number[]) => never }).tensor([7], []),
    })) as never;
    const { of, result } = await observe({
      validation: { ...validated, metricsOf: metricsOf as never },
      monitor: 'seven',
    });
    expect(of('validation-end')[0]!.metrics['seven']).toBeCloseTo(7, 12);
    expect(result.best!.metric).toBe('seven');
  },
};

const checkpointOptions: { readonly [Name in keyof Required<CheckpointOptions>]: () => Promise<unknown> } = {
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

const earlyStoppingOptions: { readonly [Name in keyof Required<EarlyStoppingOptions>]: () => Promise<unknown> } = {
  patience: async () => {
    const epochs = async (patience: number) =>
      (await observe({ maxEpochs: 9, earlyStopping: { patience, minDelta: 100 } })).result.epochs;
    expect([await epochs(1), await epochs(3)]).toEqual([2, 4]);
  },
  monitor: async () =>
    expect((await observe({ earlyStopping: { patience: 5, monitor: 'trainLoss' } })).result.best!.metric).toBe(
      'trainLoss',
    ),
  mode: async () => {
    const { result } = await observe({ maxEpochs: 9, earlyStopping: { patience: 2, mode: 'max' } });
    expect(result.reason).toBe('early-stopped');
    expect((await observe({ maxEpochs: 9, earlyStopping: { patience: 2 } })).result.epochs).toBeGreaterThan(
      result.epochs,
    );
  },
  minDelta: async () => {
    const epochs = async (minDelta: number) =>
      (await observe({ maxEpochs: 4, earlyStopping: { patience: 1, monitor: 'trainLoss', minDelta } })).result.epochs;
    expect([await epochs(0), await epochs(100)]).toEqual([4, 2]);
  },
  startFrom: async () => {
    const { result } = await observe({ maxEpochs: 9, earlyStopping: { patience: 1, minDelta: 100, startFrom: 15 } });
    expect(result.epochs).toBe(4);
  },
  restoreBestWeights: async () => {
    const { result } = await observe({ earlyStopping: { patience: 1, restoreBestWeights: false } });
    expect(result.weights).toBe('last');
  },
};

/** The rules of the state are tested with the policy; here, that each option reaches a run. */
const lossScalingOptions: { readonly [Name in keyof Required<LossScalingOptions>]: () => Promise<unknown> } = {
  initialScale: async () => expect(await finalScale({ initialScale: 8 })).toBe(8),
  growthFactor: async () => expect(await finalScale({ initialScale: 8, growthInterval: 5, growthFactor: 3 })).toBe(72),
  growthInterval: async () => expect(await finalScale({ initialScale: 8, growthInterval: 10 })).toBe(16),
  backoffFactor: async () => {
    const scales = await Promise.all(
      [0.5, 0.3].map((backoffFactor) => finalScale({ initialScale: 2 ** 20, backoffFactor })),
    );
    expect(scales[0]).not.toBe(scales[1]);
  },
};

async function finalScale(lossScaling: LossScalingOptions): Promise<number> {
  const storage = memoryStorage();
  await observe({ lossScaling, checkpoint: { storage } }, { backend: mixedReference('float16') } as never);
  return (await readCheckpoint(storage, 'last')).state.lossScale!.scale;
}

describe.each([
  ['train', trainOptions],
  ['validation', validationOptions],
  ['checkpoint', checkpointOptions],
  ['earlyStopping', earlyStoppingOptions],
  ['lossScaling', lossScalingOptions],
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
