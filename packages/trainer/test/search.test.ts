import { sgd } from '@nt/optim';
import { describe, expect, it } from 'vitest';
import { findBatchSize, findLearningRate } from '../src/index.ts';
import { toyData, toySource } from './toy/toy-data.ts';
import { toyRun } from './toy/toy-run.ts';

const transformFor = (learningRate: (updates: number) => number) => sgd({ learningRate });

function trial() {
  // The whole data in each batch: a loss without the noise of drawing.
  const { options, backend, model } = toyRun({}, { source: { batchSize: 18 } });
  const { batches, toTensors, lossOf } = options;
  const weights = () => [...model.parameters.values()].flatMap((variable) => [...variable.values]);
  return { run: { backend, model, batches, toTensors, lossOf }, backend, weights };
}

describe('findLearningRate', () => {
  it('suggests a rate at which the loss falls, and puts model and batches back', async () => {
    const { run, backend, weights } = trial();
    run.batches.restore({ epoch: 2, position: 0 });
    const before = { weights: weights(), tensors: backend.memory().tensors };
    const { suggestion, points } = await findLearningRate({
      run,
      transformFor,
      minLearningRate: 1e-5,
      maxLearningRate: 30,
      updates: 80,
    });
    expect(suggestion).toBeGreaterThan(1e-3);
    expect(suggestion).toBeLessThan(3);
    expect(points[0]!.learningRate).toBeCloseTo(1e-5, 12);
    expect(points[1]!.learningRate / points[0]!.learningRate).toBeCloseTo((30 / 1e-5) ** (1 / 79), 9);
    // It diverges before the highest rate.
    expect(points.length).toBeLessThan(80);
    expect({ weights: weights(), tensors: backend.memory().tensors }).toEqual(before);
    expect(run.batches.state()).toEqual({ epoch: 2, position: 0 });
  });

  it('spacing, updates and divergence', async () => {
    const { run } = trial();
    const linear = await findLearningRate({
      run,
      transformFor,
      minLearningRate: 0.1,
      maxLearningRate: 0.5,
      updates: 5,
      spacing: 'linear',
    });
    linear.points.forEach(({ learningRate }, i) => {
      expect(learningRate).toBeCloseTo(0.1 + 0.1 * i, 12);
    });
    const lengths = [];
    for (const divergence of [1.2, 100]) {
      lengths.push(
        (await findLearningRate({ run, transformFor, maxLearningRate: 50, updates: 60, divergence })).points.length,
      );
    }
    expect(lengths[0]).toBeLessThan(lengths[1]!);
  });

  it.each([{ updates: 1 }, { minLearningRate: 2 }, { spacing: 'cubic' }, { divergence: 1 }, { update: 3 }])(
    '%j is refused',
    async (wrong) => {
      const { run } = trial();
      await expect(findLearningRate({ run, transformFor, ...wrong } as never)).rejects.toMatchObject({
        code: expect.stringMatching(/trainer\/(bad|unknown)-option/),
      });
    },
  );
});

describe('findBatchSize', () => {
  const data = toyData(40);
  const setup = (limit: number, failure: () => Error = () => new RangeError('Array buffer allocation failed')) => {
    const { run: whole, backend, weights } = trial();
    const { batches, ...run } = whole;
    const toTensors: typeof run.toTensors = (batch, ops) => {
      if (batch.size > limit) throw failure();
      return whole.toTensors(batch, ops);
    };
    const batchesFor = (batchSize: number) => toySource(data, { batchSize });
    return {
      options: { run: { ...run, toTensors }, batchesFor, transform: sgd({ learningRate: 0.1 }) },
      backend,
      weights,
    };
  };

  it('doubles until it no longer fits, and puts the model back', async () => {
    const { options, backend, weights } = setup(10);
    const before = { weights: weights(), tensors: backend.memory().tensors };
    const { largest, fastest, trials } = await findBatchSize({ ...options, initialBatchSize: 2 });
    expect(largest).toBe(8);
    expect([2, 4, 8]).toContain(fastest);
    expect(trials.map(({ batchSize, error }) => [batchSize, error !== null])).toEqual([
      [2, false],
      [4, false],
      [8, false],
      [16, true],
    ]);
    expect(trials[0]!.windowsPerSecond).toBeGreaterThan(0);
    expect({ weights: weights(), tensors: backend.memory().tensors }).toEqual(before);
  });

  it('stops at maxBatchSize, and when all data is one batch', async () => {
    expect((await findBatchSize({ ...setup(99).options, initialBatchSize: 4, maxBatchSize: 9 })).largest).toBe(8);
    expect(
      (await findBatchSize({ ...setup(99).options, initialBatchSize: 8, updates: 2 })).trials.map(
        ({ batchSize }) => batchSize,
      ),
    ).toEqual([8, 16, 32, 64]);
  });

  it('an error that does not speak of memory is thrown, unless declared', async () => {
    const { options } = setup(10, () => new TypeError('x is not a function'));
    await expect(findBatchSize({ ...options, initialBatchSize: 8 })).rejects.toThrow(/not a function/);
    const declared = await findBatchSize({ ...options, initialBatchSize: 8, isTooLarge: () => true });
    expect(declared.largest).toBe(8);
    await expect(findBatchSize({ ...setup(1).options })).rejects.toMatchObject({ code: 'trainer/no-batch-fits' });
  });
});
