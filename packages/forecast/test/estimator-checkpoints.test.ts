import { createCpuBackend } from '@nt/backend-cpu';
import { splitByTime } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import type { CheckpointStorage } from '@nt/trainer';
import { memoryStorage } from '@nt/trainer/storage/memory';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blendEstimator, type CheckpointsOf, type Estimator, estimatorOf, NhitsForecaster } from '../src/index.ts';
import { options } from './fit-quickly.ts';
import { madeSeries } from './made-series.ts';

const set = madeSeries();
const input = { set, split: splitByTime(set, { validation: 28, test: 0 }), from: null };

describe('an estimator whose training was broken off', () => {
  let backend: Backend<Tensor>;
  beforeAll(async () => {
    backend = (await createCpuBackend()) as unknown as Backend<Tensor>;
  });
  afterAll(() => backend.dispose());

  /** Estimators that count their updates. */
  const kinds: Record<string, (checkpointsOf: CheckpointsOf | undefined, onUpdate: () => void) => Estimator> = {
    network: (checkpointsOf, onUpdate) =>
      estimatorOf(
        new NhitsForecaster(backend, options),
        { maxUpdates: 20, batchSize: 16, patience: 0 },
        { checkpointsOf, onEvent: ({ type }) => type === 'update-end' && onUpdate() },
      ),
    blend: (checkpointsOf, onUpdate) =>
      blendEstimator(
        backend,
        {
          ...{ horizon: 7, preset: 'fast' as const, maxUpdates: 20 },
          onEvent: (event) => event.type === 'training' && event.event.type === 'update-end' && onUpdate(),
        },
        checkpointsOf,
      ),
  };

  it.each(Object.keys(kinds))('goes on from its checkpoint, to the same bits: %s', async (kind) => {
    const places = new Map<string, CheckpointStorage>();
    const checkpointsOf: CheckpointsOf = () => ({
      every: 4,
      storage: (member) => {
        if (!places.has(member)) places.set(member, memoryStorage());
        return places.get(member)!;
      },
    });
    const stop = new AbortController();
    const counts = { whole: 0, first: 0, second: 0 };
    const bits = async (estimator: Estimator): Promise<unknown> => {
      const predictor = await estimator.fit(input);
      try {
        return await estimator.inspect!(predictor);
      } finally {
        predictor.dispose();
      }
    };
    const whole = await bits(kinds[kind]!(undefined, () => counts.whole++));
    const broken = kinds[kind]!(checkpointsOf, () => ++counts.first === 10 && stop.abort(new Error('lost')));
    await expect(broken.fit({ ...input, signal: stop.signal })).rejects.toThrow('lost');
    expect(await bits(kinds[kind]!(checkpointsOf, () => counts.second++))).toEqual(whole);
    expect(counts.whole).toBeGreaterThan(counts.first);
    expect(counts.first + counts.second).toBe(counts.whole);
  });
});
