import { adamw } from '@nt/optim';
import type { Tensor } from '@nt/tensor';
import { createReferenceBackend, type ReferenceTensor } from '@nt/tensor/reference';
import { describe, expect, it } from 'vitest';
import { type BatchSource, fit, type TrainBatch, type TrainOptions, train } from '../src/index.ts';
import { mse } from '../src/losses/index.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { type ToyBatch, toyBatches, toyData, toySource } from './toy/toy-data.ts';
import { toyModel } from './toy/toy-model.ts';

/** What a user's own batch may hold beside the windows: how much each counts, and what a teacher forecasts for it. */
interface WeightedBatch extends TrainBatch {
  readonly windows: ToyBatch;
  /** One for each window, e.g. 2^(−age / half-life). */
  readonly weights: Float32Array;
  readonly teacher: Float32Array;
}

interface Inputs<T extends Tensor> {
  readonly x: T;
  readonly y: T;
  readonly weights: T;
  readonly teacher: T;
}

const halfLife = 6;
const weightOfRow = (row: number): number => 2 ** (-(17 - row) / halfLife);

const weighted = (windows: ToyBatch): WeightedBatch => ({
  size: windows.size,
  windows,
  weights: Float32Array.from(windows.rows, weightOfRow),
  teacher: windows.y.map((value) => value * 0.9),
});

/** The toy's batches, dressed up; the position is theirs. */
function source(): BatchSource<WeightedBatch> {
  const inner = toySource(toyData(18));
  return {
    batchesPerEpoch: inner.batchesPerEpoch,
    get epoch() {
      return inner.epoch;
    },
    get position() {
      return inner.position;
    },
    state: () => inner.state(),
    restore: (state) => inner.restore(state),
    *[Symbol.iterator]() {
      for (const batch of inner) yield weighted(batch);
    },
  };
}

type Options = TrainOptions<ReferenceTensor, WeightedBatch, Inputs<ReferenceTensor>>;

function program(more: Partial<Options> = {}) {
  const backend = createReferenceBackend();
  const model = toyModel(backend.ops);
  const options: Options = {
    backend,
    model,
    batches: source(),
    transform: adamw({ learningRate: 0.05 }),
    toTensors: ({ windows: { x, y, size }, weights, teacher }, ops) => ({
      x: ops.tensor(x, [size, 3]),
      y: ops.tensor(y, [size, 1]),
      weights: ops.tensor(weights, [size, 1]),
      teacher: ops.tensor(teacher, [size, 1]),
    }),
    lossOf({ x, y, weights, teacher }, { ops, training, random }) {
      const prediction = ops.reshape(model.forward(ops, x, { training, random }), [x.shape[0]!, 1, 1]);
      const own = mse(ops, prediction, y, { weights });
      return training ? ops.add(own, ops.mul(mse(ops, prediction, teacher, { weights }), ops.tensor([0.5], []))) : own;
    },
    weightOf: ({ weights }) => weights.reduce((total, weight) => total + weight, 0),
    validation: { batches: () => toyBatches(toyData(10, 99), 4).map(weighted) },
    maxEpochs: 4,
    ...more,
  };
  return { options, model };
}

describe('windows that count differently', () => {
  it('are a weighted mean over all batches, whatever the batches are', async () => {
    const losses = async (batchSize: number) => {
      const { options } = program({
        transform: adamw({ learningRate: 0, weightDecay: 0 }),
        maxEpochs: 1,
        validation: { batches: () => toyBatches(toyData(10, 99), batchSize).map(weighted) },
      });
      return (await fit(options)).best!.value;
    };
    const [some, all] = [await losses(3), await losses(10)];
    expect(some).toBeCloseTo(all, 12);
    const { options } = program({ maxEpochs: 1, weightOf: ({ size }) => size });
    expect((await fit(options)).best!.value).not.toBeCloseTo(all, 6);
  });

  it('change what is learned', async () => {
    const [one, other] = [program(), program({ toTensors: unweighted(program().options.toTensors) })];
    await fit(one.options);
    await fit(other.options);
    expect(await one.model.saveWeights()).not.toEqual(await other.model.saveWeights());
  });

  it('with a teacher’s forecasts in the batch: resumed anywhere, the same bits', async () => {
    const whole = program();
    await fit(whole.options);
    for (const killAt of [2, 7, 13]) {
      const checkpoint = { storage: memoryStorage(), everyUpdates: 2 };
      for await (const event of train(program({ checkpoint }).options))
        if (event.type === 'update-end' && event.update === killAt) break;
      const resumed = program({ checkpoint, resumeFrom: 'last', resumeIfPresent: true });
      await fit(resumed.options);
      expect(await resumed.model.saveWeights()).toEqual(await whole.model.saveWeights());
    }
  });
});

/** Every window counts the same. */
function unweighted(toTensors: Options['toTensors']): Options['toTensors'] {
  return (batch, ops) => toTensors({ ...batch, weights: batch.weights.map(() => 1) }, ops);
}
