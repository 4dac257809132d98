import { createCpuBackend } from '@nt/backend-cpu';
import { type SeriesSet, splitByTime } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import type { CheckpointStorage } from '@nt/trainer/storage';
import { memoryStorage } from '@nt/trainer/storage/memory';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Blend,
  type BlendEvent,
  type BlendOptions,
  blendEstimator,
  fromModelFiles,
  leakcheck,
  toModelFiles,
} from '../src/index.ts';
import { withValidation } from '../src/recipe/with-validation.ts';
import { randomWalk, seasonalSeries } from './made-walks.ts';
import { quick, quickBlend, testWindows, withoutTimes } from './quick-blend.ts';

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend({ threads: 1 })) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

const fit = (set: SeriesSet, change: Partial<BlendOptions> = {}): Promise<Blend> =>
  quickBlend(backend, set, { refitWithValidation: true, ...change });
const pointOf = async ({ predictor }: Blend) => (await predictor.predictWindows(testWindows(set))).point;
const set = seasonalSeries(1);
const { validation, test } = splitByTime(set, { validation: 0.2, test: 0.2 });
/** The same series but for the steps of a part. */
const changedIn = ({ starts, ends }: typeof test): SeriesSet => ({
  ...set,
  values: set.values.map((value, row) => (row >= starts[0]! && row < ends[0]! ? 5 - 3 * value : value)),
});

it('training and validation part become one; series without a validation part keep their own', () => {
  const range = (starts: number[], ends: number[]) => ({
    starts: new Float64Array(starts),
    ends: new Float64Array(ends),
  });
  const joined = withValidation({
    train: range([2, 0], [60, 50]),
    validation: range([65, 50], [80, 50]),
    test: range([85, 50], [100, 60]),
    strict: false,
  });
  expect([...joined.train.starts, ...joined.train.ends]).toEqual([2, 0, 80, 50]);
  expect([...joined.validation.starts]).toEqual([...joined.validation.ends]);
  expect([...joined.test.starts]).toEqual([85, 50]);
});

describe('a blend that is fitted again', () => {
  let [once, twice]: Blend[] = [];
  const events: BlendEvent[] = [];
  beforeAll(async () => {
    once = await fit(set, { refitWithValidation: false });
    twice = await fit(set, { onEvent: (event) => void events.push(event) });
  });
  afterAll(() => {
    once!.predictor.dispose();
    twice!.predictor.dispose();
  });

  it('is chosen as one that is not: members, weights, updates, intervals; its forecasts are others', async () => {
    const { refit, options, ...chosen } = withoutTimes(twice!.explanation) as Record<string, unknown>;
    const { refit: none, options: _, ...before } = withoutTimes(once!.explanation) as Record<string, unknown>;
    expect(chosen).toEqual(before);
    expect([none, (options as { refitWithValidation: boolean }).refitWithValidation]).toEqual([null, true]);
    expect(twice!.predictor.calibration).toEqual(once!.predictor.calibration);
    expect(await pointOf(twice!)).not.toEqual(await pointOf(once!));
    const used = twice!.explanation.members.filter(({ weight, kind }) => weight > 0 && kind !== 'naive');
    expect(refit).toEqual(used.map(({ name, bestUpdate }) => ({ name, updates: bestUpdate })));
  });

  it('has learnt from the validation part: each of its members is another where that differs by a little', async () => {
    const last = validation.ends[0]! - 1;
    const values = set.values.map((value, row) => (row === last ? value + 0.01 : value));
    const weightsOf = ({ predictor }: Blend) =>
      Promise.all(predictor.members.map(async ({ predictor: one }) => (await toModelFiles(one))['model.safetensors']!));
    const equal = async (mine: Blend, refitWithValidation: boolean): Promise<readonly boolean[]> => {
      const other = await fit({ ...set, values }, { refitWithValidation });
      const [own, theirs] = [await weightsOf(mine), await weightsOf(other)];
      other.predictor.dispose();
      return own.map((bytes, member) => Buffer.compare(bytes, theirs[member]!) === 0);
    };
    // A ridge and a network.
    expect(await equal(once!, false)).toEqual([true, true]);
    expect(await equal(twice!, true)).toEqual([false, false]);
  });

  it('looks at nothing of the test part, and knows where that begins', async () => {
    const other = await fit(changedIn(test));
    expect(withoutTimes(other.explanation)).toEqual(withoutTimes(twice!.explanation));
    const early = { ...set, lengths: Float64Array.of(test.starts[0]!) };
    const [mine, theirs] = [await twice!.predictor.predict(early), await other.predictor.predict(early)];
    expect(theirs.series).toEqual(mine.series);
    expect((await twice!.predictor.evaluate(set)).windows).toBe(testWindows(set).count);
    other.predictor.dispose();
  });

  it('leakcheck looks through its second training', async () => {
    const { horizon, preset } = quick;
    const estimator = blendEstimator(backend, { horizon, preset, maxUpdates: 2, refitWithValidation: true });
    const honest = await leakcheck(estimator, set, { futures: ['large', 'cut'] });
    expect(honest.checks.filter(({ passed }) => !passed)).toEqual([]);
    // One whose second training reaches over the test part.
    const leaky: typeof estimator = {
      ...estimator,
      fit: (input) => {
        const { validation: v, ...parts } = input.split;
        return estimator.fit({
          ...input,
          split: { ...parts, validation: { starts: v.starts, ends: input.split.test.ends } },
        });
      },
    };
    const { checks } = await leakcheck(leaky, set, { futures: ['large'] });
    expect(checks.find(({ name }) => name === 'weights')!.passed).toBe(false);
  });

  it('says so while it goes on, and comes back from files', async () => {
    const heard = events.flatMap((event) => (event.type === 'refit-start' ? [[event.index, event.count]] : []));
    const count = twice!.explanation.refit!.length;
    expect(heard).toEqual(Array.from({ length: count }, (_, index) => [index, count]));
    expect(events.filter(({ type }) => type === 'refit-end')).toHaveLength(count);
    const back = await fromModelFiles(backend, await toModelFiles(twice!.predictor));
    expect((back as Blend['predictor']).describe()).toEqual(twice!.predictor.describe());
    expect((await back.predictWindows(testWindows(set))).point).toEqual(await pointOf(twice!));
    back.dispose();
  });

  it('stopped in its second training it goes on to the same bits', async () => {
    const storages = new Map<string, CheckpointStorage>();
    const checkpoints = (member: string): CheckpointStorage => {
      if (!storages.has(member)) storages.set(member, memoryStorage());
      return storages.get(member)!;
    };
    const controller = new AbortController();
    const before = backend.memory().tensors;
    const first = await fit(set, {
      checkpoints,
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === 'training' && event.member.endsWith(', again') && event.event.type === 'update-end')
          controller.abort();
      },
    });
    expect(first.stopped).toBe(true);
    first.predictor.dispose();
    expect(backend.memory().tensors).toBe(before);
    expect([...storages.keys()].some((name) => /^nhits-\d+(-ridge-\d+)?-again$/.test(name))).toBe(true);
    const trained = new Set<string>();
    const second = await fit(set, {
      checkpoints,
      resume: true,
      onEvent: (event) => {
        if (event.type === 'training' && event.event.type === 'update-end') trained.add(event.member);
      },
    });
    expect([...trained].every((name) => name.endsWith(', again'))).toBe(true);
    expect(withoutTimes(second.explanation)).toEqual(withoutTimes(twice!.explanation));
    expect(await pointOf(second)).toEqual(await pointOf(twice!));
    second.predictor.dispose();
  });
});

it('the network of the reference preset is trained again on both parts', async () => {
  const { explanation, predictor } = await fit(set, { preset: 'reference', maxUpdates: 3 });
  expect(explanation.refit).toMatchObject([{ name: 'nhits', updates: 3 }]);
  predictor.dispose();
});

it('where a naive rule is the answer nothing is fitted again', async () => {
  const { explanation, predictor } = await fit(randomWalk(1), { horizon: 5 });
  expect([explanation.verdict.answer, explanation.refit]).toEqual(['naive', []]);
  predictor.dispose();
});

it('refitWithValidation: anything but true or false is refused', async () => {
  await expect(fit(set, { refitWithValidation: 'yes' as never })).rejects.toThrow(
    /refitWithValidation: expected true or false/,
  );
});
