import { createCpuBackend } from '@nt/backend-cpu';
import { type SeriesSet, splitByTime } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import type { CheckpointStorage } from '@nt/trainer/storage';
import { memoryStorage } from '@nt/trainer/storage/memory';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Blend, type BlendEvent, type BlendOptions, fitBlend, planBlend } from '../src/index.ts';
import { randomWalk, seasonalSeries } from './made-walks.ts';
import { quick, quickBlend, testWindows, withoutTimes } from './quick-blend.ts';

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend({ threads: 1 })) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

const fit = (set: SeriesSet, change: Partial<BlendOptions> = {}): Promise<Blend> => quickBlend(backend, set, change);

describe('options', () => {
  it('preset: accurate has each look-back twice, fast the middle one; a signal ends it with what there is', async () => {
    const names: string[] = [];
    const controller = new AbortController();
    const onEvent = (event: BlendEvent): void => {
      if (event.type === 'member-start') names.push(event.member);
      if (event.type === 'training' && event.event.type === 'update-end') controller.abort();
    };
    const { explanation } = await fit(seasonalSeries(1), { preset: 'accurate', onEvent, signal: controller.signal });
    expect(names).toEqual(['naive', 'seasonal naive', 'ridge', names[3]]);
    expect(explanation.leftOut.map(({ reason }) => reason)).toEqual(
      Array(2 * explanation.lookbacks.length).fill('the fit was stopped'),
    );
    expect(explanation.members.map(({ name }) => name)).toEqual(['naive', 'seasonal naive', 'ridge']);
  });

  it('preset: reference is one network without a choice, which has all of the weight', async () => {
    const { explanation, predictor } = await fit(randomWalk(1), { preset: 'reference', horizon: 5 });
    expect(explanation.members.map(({ name, weight }) => [name, weight])).toEqual([
      ['naive', 0],
      ['nhits', 1],
    ]);
    expect([explanation.lookbacks, explanation.calendar, predictor.method]).toEqual([[15], [], 'nhits']);
    expect(explanation.verdict.reason).toMatch(/^The preset asks for this network; it beats naive by -?\d/);
    expect((await predictor.predict(randomWalk(1))).series[0]!.values).toHaveLength(5);
  });

  it('ensemble: networks of each kind that differ by their seeds, told apart', async () => {
    const starts: [string, number, number | null][] = [];
    const onEvent = (event: BlendEvent): void => {
      if (event.type === 'member-start') starts.push([event.member, event.index, event.count]);
    };
    const { explanation } = await fit(seasonalSeries(1), { ensemble: 2, onEvent });
    const networks = explanation.members.filter(({ kind }) => kind === 'network');
    expect(networks.map(({ name }) => name.replace(/\d+/g, (n) => (Number(n) < 5 ? n : 'N')))).toEqual([
      'nhits N + ridge N',
      'nhits N',
      'nhits N + ridge N, 2',
      'nhits N, 2',
    ]);
    expect(new Set(networks.map(({ validation }) => validation.mse)).size).toBe(4);
    expect(starts.map(([, index, count]) => [index, count])).toEqual([
      ...[0, 1, 2].map((index) => [index, null]),
      ...[3, 4, 5, 6].map((index) => [index, 7]),
    ]);
  });

  it('calendar: what is given in place of the rule', async () => {
    expect((await fit(seasonalSeries(1), { calendar: [] })).explanation.calendar).toEqual([]);
  });

  it('split in place of sizes', async () => {
    const set = seasonalSeries(1);
    const { validation: _, test: __, ...others } = quick;
    const split = splitByTime(set, { validation: 0.2, test: 0.2 });
    const given = await fitBlend(backend, set, { ...others, split });
    expect(given.explanation.validation).toEqual((await fit(set)).explanation.validation);
    await expect(fit(set, { split })).rejects.toThrow(/split: expected no validation and test beside it/);
  });

  it('a plan tells all that follows from data and options, and can be given again', async () => {
    const set = seasonalSeries(1);
    const { config, parts, networks, validationWindows, testWindows, calendar, seasons } = planBlend(set, quick);
    expect([parts, networks, validationWindows, testWindows]).toEqual([{ validation: 0.2, test: 0.2 }, 2, 114, 114]);
    expect([calendar, seasons.short]).toEqual([['dayOfWeek'], 7]);
    expect(planBlend(set, JSON.parse(JSON.stringify(config)))).toMatchObject({ config, networks });
    // Nobody asked for a validation part: it is a horizon long where a tenth is less.
    expect(planBlend(set, { horizon: 70 }).config.validation).toBe(70);
    expect(planBlend(set, { horizon: 7 }).config.validation).toBe(0.1);
    expect(planBlend(set, { horizon: 7, ensemble: 2 }).networks).toBe(12);
  });

  it('loggers hear each network, as often as they are told', async () => {
    const heard: [string, number][] = [];
    const loggers = (member: string) => [
      { log: (_: object, { update }: { update: number }) => void heard.push([member, update]) },
    ];
    await fit(seasonalSeries(1), { maxUpdates: 2, loggers, logEvery: 1 });
    expect(new Set(heard.map(([member]) => member)).size).toBe(2);
    expect(new Set(heard.map(([, update]) => update))).toEqual(new Set([1, 2]));
  });

  it.each([
    [{ horizon: 0 }, /horizon: expected an integer >= 1/],
    [{ preset: 'accurat' as never }, /did you mean 'accurate'/],
    [{ presett: 'fast' } as never, /did you mean 'preset'/],
    [{ calendar: ['hour' as never] }, /calendar: expected one of/],
    [{ validation: 0 }, /validation part has to hold at least 7 time steps \(the horizon\)/],
    [{ validation: 6 }, /validation part has to hold at least 7 time steps/],
    [{ test: 6 }, /The test part \(6\) has at most 6 time steps/],
    [{ maxUpdates: 0 }, /maxUpdates/],
    [{ ensemble: 0 }, /ensemble: expected an integer >= 1/],
    [{ resume: true }, /resume: expected checkpoints beside it/],
  ])('%j is refused', async (change, message) => {
    await expect(fit(seasonalSeries(1), change)).rejects.toThrow(message);
  });
});

it('goes on where it was stopped: networks that are done are not trained again, and the bits are those of one go', async () => {
  const set = seasonalSeries(1);
  const whole = await fit(set);
  const storages = new Map<string, CheckpointStorage>();
  const checkpoints = (member: string): CheckpointStorage => {
    if (!storages.has(member)) storages.set(member, memoryStorage());
    return storages.get(member)!;
  };
  const controller = new AbortController();
  const names: string[] = [];
  const first = await fit(set, {
    checkpoints,
    signal: controller.signal,
    onEvent: (event) => {
      if (event.type === 'member-start') names.push(event.member);
      // In the middle of the second network.
      if (event.type === 'training' && names.length === 5 && event.event.type === 'update-end') {
        if (event.event.update === 11) controller.abort();
      }
    },
  });
  expect([first.stopped, first.explanation.leftOut.length]).toEqual([true, 1]);
  expect([...storages.keys()].every((name) => /^nhits-\d+(-ridge-\d+)?$/.test(name))).toBe(true);

  const updates: [string, number][] = [];
  const second = await fit(set, {
    checkpoints,
    resume: true,
    onEvent: (event) => {
      if (event.type === 'training' && event.event.type === 'update-end')
        updates.push([event.member, event.event.update]);
    },
  });
  expect(second.stopped).toBe(false);
  expect(new Set(updates.map(([member]) => member)).size).toBe(1);
  expect(updates.map(([, update]) => update)).toEqual(Array.from({ length: 19 }, (_, i) => 12 + i));
  expect(withoutTimes(second.explanation)).toEqual(withoutTimes(whole.explanation));
  const pointOf = async ({ predictor }: Blend) => (await predictor.predictWindows(testWindows(set))).point;
  expect(await pointOf(second)).toEqual(await pointOf(whole));
});
