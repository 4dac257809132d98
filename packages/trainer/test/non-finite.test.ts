import { sgd } from '@nt/optim';
import { describe, expect, it } from 'vitest';
import { fit, readCheckpoint, type TrainEvent, type TrainEventOf } from '../src/index.ts';
import { createMixedReference } from '../src/precision/index.ts';
import { afterUpdate, initialLossScale } from '../src/run/loss-scale.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { type ToySourceOptions, toyData, toySource } from './toy/toy-data.ts';
import { type ToyOptions, toyRun } from './toy/toy-run.ts';

/** Batch 2 of every epoch, or only of the first, holds a target that is not a number. */
const poisoned = (epochs = 1): ToySourceOptions => ({
  shuffle: false,
  change: (batch, epoch, position) =>
    position === 2 && epoch < epochs ? { ...batch, y: batch.y.map(() => Number.NaN) } : batch,
});

async function runWith(options: Partial<ToyOptions>, source: ToySourceOptions) {
  const run = toyRun({ maxEpochs: 3, ...options }, { source });
  const before = run.backend.memory().tensors;
  const events: TrainEvent[] = [];
  const result = await fit({ ...run.options, onEvent: (event) => events.push(event) }).finally(() => {
    expect(run.backend.memory().tensors).toBe(before);
  });
  const weights = [...run.model.parameters.values()].flatMap((variable) => [...variable.values]);
  const notices = events.filter((event): event is TrainEventOf<'notice'> => event.type === 'notice');
  return { result, notices, weights };
}

describe('a batch that is not a number', () => {
  it("'skip' leaves its update out, says where it came from, and training goes on", async () => {
    const { result, notices, weights } = await runWith({ nanPolicy: 'skip' }, poisoned());
    expect(result).toMatchObject({ reason: 'completed', updates: 14, skippedUpdates: 1, epochs: 3 });
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({
      code: 'update-skipped',
      message: expect.stringContaining('batch 2 of epoch 0 (4 windows)'),
    });
    expect(weights.every(Number.isFinite)).toBe(true);
  });

  it("'skip' gives the weights of a run without that batch", async () => {
    const dropped: ToySourceOptions = { ...poisoned(), change: (batch) => batch };
    const plain = toyRun(
      { maxUpdates: 2, transform: sgd({ learningRate: 0.1 }), validation: undefined as never },
      { source: dropped },
    );
    await fit(plain.options);
    const { weights } = await runWith(
      {
        nanPolicy: 'skip',
        limitTrainBatches: 3,
        maxEpochs: 1,
        transform: sgd({ learningRate: 0.1 }),
        validation: undefined as never,
      },
      poisoned(),
    );
    expect(weights).toEqual([...plain.model.parameters.values()].flatMap((variable) => [...variable.values]));
  });

  it("'stop' ends the run with the weights before it", async () => {
    const { result, notices, weights } = await runWith({ nanPolicy: 'stop' }, poisoned());
    expect(result).toMatchObject({ reason: 'nan', updates: 2 });
    expect(notices[0]?.message).toMatch(/batch 2 of epoch 0/);
    expect(weights.every(Number.isFinite)).toBe(true);
  });

  it("'error' throws with the batch's own description", async () => {
    const describeBatch = ({ rows }: { rows: readonly number[] }) => `rows ${rows.join()}`;
    const failing = runWith({ nanPolicy: 'error', describeBatch }, poisoned());
    await expect(failing).rejects.toMatchObject({
      code: 'trainer/non-finite',
      message: expect.stringContaining('rows 8,9,10,11'),
    });
  });

  it('names all batches of an accumulated update', async () => {
    const failing = runWith({ nanPolicy: 'error', accumulate: 2 }, poisoned());
    await expect(failing).rejects.toThrow(/batch 2 of epoch 0 .*; batch 3 of epoch 0/);
  });

  it('without a policy the run stops when a loss is read, with the best weights before', async () => {
    const source: ToySourceOptions = {
      ...poisoned(),
      change: (batch, epoch) => (epoch === 1 ? { ...batch, y: batch.y.map(() => Number.NaN) } : batch),
    };
    const { result, notices, weights } = await runWith({}, source);
    expect(result).toMatchObject({ reason: 'nan', epochs: 1, weights: 'best', best: { epoch: 0 } });
    expect(notices).toMatchObject([{ code: 'non-finite' }]);
    expect(weights.every(Number.isFinite)).toBe(true);
  });

  it('a whole epoch of skipped updates is an error, not an endless run', async () => {
    const source: ToySourceOptions = {
      ...poisoned(),
      change: (batch) => ({ ...batch, y: batch.y.map(() => Number.NaN) }),
    };
    await expect(runWith({ nanPolicy: 'skip', maxEpochs: 30 }, source)).rejects.toThrow(/10 updates in a row/);
  });
});

describe('mixed precision', () => {
  /** Targets so small that the gradients underflow in float16. */
  const tiny = (options: Partial<ToyOptions>) => {
    const data = toyData(8);
    const run = toyRun(
      {
        maxUpdates: 4,
        transform: sgd({ learningRate: 1 }),
        validation: undefined as never,
        backend: undefined as never,
        batches: toySource(data, { batchSize: 8 }),
        ...options,
      },
      { backend: createMixedReference('mixed-float16') },
    );
    const { lossOf, backend } = { ...run.options, backend: run.backend };
    const small = 2e-8;
    const wholeLoss = {
      ...run.options,
      backend,
      lossOf: ((inputs, context) =>
        context.ops.mul(lossOf(inputs, context), context.ops.tensor([small], []))) as typeof lossOf,
    };
    return { ...run, options: wholeLoss };
  };

  const weightsOf = (run: ReturnType<typeof tiny>) =>
    [...run.model.parameters.values()].flatMap((variable) => [...variable.values]);

  it('gradients that vanish in float16 survive by loss scaling', async () => {
    const scaled = tiny({});
    const before = weightsOf(scaled);
    await fit(scaled.options);
    expect(weightsOf(scaled)).not.toEqual(before);
    const unscaled = tiny({ lossScaling: { initialScale: 1 } });
    await fit(unscaled.options);
    expect(weightsOf(unscaled)).toEqual(before);
  });

  it('overflow halves the scale and leaves the update out; good updates double it', async () => {
    const run = toyRun(
      { maxUpdates: 6, lossScaling: { initialScale: 2 ** 18, growthInterval: 3 } },
      { backend: createMixedReference('mixed-float16') },
    );
    const scales: unknown[] = [];
    const storage = memoryStorage();
    const result = await fit({
      ...run.options,
      checkpoint: { storage },
      onEvent: (event) =>
        event.type === 'notice' && scales.push([event.code, event.details['before'], event.details['after']]),
    });
    expect(scales[0]).toEqual(['loss-scale-changed', 2 ** 18, 2 ** 17]);
    expect(result).toMatchObject({ updates: 6, skippedUpdates: scales.length });
    const { scale, goodUpdates } = (await readCheckpoint(storage, 'last')).state.lossScale!;
    expect(Number.isInteger(Math.log2(scale))).toBe(true);
    expect(goodUpdates).toBeLessThan(3);
    expect(result.history.every(({ values }) => (values['trainLoss'] ?? 0) < 5)).toBe(true);
  });

  it('the scale follows growthFactor, backoffFactor and growthInterval', () => {
    const options = { growthFactor: 3, backoffFactor: 0.25, growthInterval: 2 };
    const scales = [initialLossScale({ initialScale: 8 })];
    for (const applied of [true, true, true, false, true, true])
      scales.push(afterUpdate(scales.at(-1)!, applied, options));
    expect(scales.map(({ scale }) => scale)).toEqual([8, 8, 24, 24, 6, 6, 18]);
    let state = initialLossScale({});
    for (let update = 0; update < 2000; update++) state = afterUpdate(state, true, {});
    expect([state.scale, afterUpdate(state, false, {}).scale]).toEqual([131_072, 65_536]);
  });

  it('bfloat16 needs no scaling; the loss is as without, to its digits', async () => {
    const lossIn = async (backend?: ReturnType<typeof createMixedReference>) => {
      const { options } = toyRun({ maxEpochs: 6 }, backend ? { backend } : {});
      return (await fit(options)).best!.value;
    };
    const [mixed, whole] = [await lossIn(createMixedReference('mixed-bfloat16')), await lossIn()];
    expect(mixed).not.toBe(whole);
    expect(Math.abs(mixed / whole - 1)).toBeLessThan(0.1);
  });

  it('an engine that cannot is refused by name', () => {
    const { options } = toyRun({ maxEpochs: 1, precision: 'mixed-float16' });
    return expect(fit(options)).rejects.toMatchObject({
      code: 'trainer/precision',
      details: { backend: 'reference', offered: 'float32' },
    });
  });
});

describe('a run that ends for a number that is none', () => {
  it('writes no checkpoint at its end: the last good one is the one to go on from', async () => {
    const storage = memoryStorage();
    const { result } = await runWith({ checkpoint: { storage, everyEpochs: 9, best: false } }, poisoned());
    expect(result.reason).toBe('nan');
    expect(await storage.list()).toEqual([]);
  });

  it('leaves the best weights, when a validation shows it', async () => {
    let checks = 0;
    const { validation } = toyRun().options;
    const storage = memoryStorage();
    const run = toyRun({
      maxEpochs: 4,
      earlyStopping: { patience: 9 },
      checkpoint: { storage, everyEpochs: 1 },
      validation: {
        batches: () => {
          const batches = [...validation!.batches()];
          return checks++ === 2 ? batches.map((batch) => ({ ...batch, y: batch.y.map(() => Number.NaN) })) : batches;
        },
      },
    });
    const result = await fit(run.options);
    expect(result).toMatchObject({ reason: 'nan', updates: 15, weights: 'best' });
    expect(result.best!.update).toBeLessThan(15);
    const best = await readCheckpoint(storage, result.bestCheckpoint!);
    expect(await run.model.saveWeights()).toEqual(best.weights);
  });
});
