import { createHash } from 'node:crypto';
import { createCpuBackend } from '@nt/backend-cpu';
import type { Backend, Tensor } from '@nt/tensor';
import { type CheckpointStorage, TrainerError } from '@nt/trainer';
import { memoryStorage } from '@nt/trainer/storage/memory';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkerTrainEvent } from '../src/worker/index.ts';
import { openChannel, type Places, smallRun, weekCsv } from './worker-channel.ts';

const refuse = (): never => {
  throw new TrainerError('trainer/storage', 'Could not write (SecurityError: not in a private window).');
};

/** Writes that go well before one is refused. */
const writesUntil = (count: number): CheckpointStorage => {
  const { writeInParts: _, ...storage } = memoryStorage();
  let written = 0;
  return {
    ...storage,
    write: async (name, files) => (written++ < count ? storage.write(name, files) : refuse()),
  };
};
const places = (run: CheckpointStorage, checkpoints: CheckpointStorage): Places =>
  new Map([
    ['run.run', run],
    ['run', checkpoints],
  ]);

/** Ways in which a browser keeps nothing. */
const refusals: readonly (readonly [way: string, make: () => Places])[] = [
  ['has no storage', () => Object.assign(new Map() as Places, { has: refuse })],
  [
    'lets nobody look (a private window)',
    () => {
      const shut: CheckpointStorage = { ...memoryStorage(), list: async () => refuse(), lock: async () => refuse() };
      return places(shut, shut);
    },
  ],
  ['has no room for the file', () => places(writesUntil(0), memoryStorage())],
  ['has no room for the first checkpoint', () => places(memoryStorage(), writesUntil(0))],
  ['has no room for a later checkpoint', () => places(memoryStorage(), writesUntil(3))],
];

describe('a browser that keeps nothing', () => {
  let backend: Backend<Tensor>;
  let expected = '';
  beforeAll(async () => {
    backend = (await createCpuBackend()) as unknown as Backend<Tensor>;
    expected = (await trained(new Map(), false)).weights;
  });
  afterAll(() => backend.dispose());

  async function trained(where: Places, isKept = true) {
    const client = openChannel(backend, where);
    try {
      await client.preview({ file: new Blob([weekCsv()]), name: 'sales.csv' });
      const events: WorkerTrainEvent[] = [];
      const before = await client.keptRun('run');
      const request = { ...smallRun, checkpointEvery: 5, ...(isKept && { keep: 'run' }) };
      await client.train(request, (event) => events.push(event));
      const weights = (await client.save())['members/0/model.safetensors']!;
      return {
        before,
        events,
        after: await client.keptRun('run'),
        weights: createHash('sha256').update(weights).digest('hex'),
      };
    } finally {
      client.close();
    }
  }

  it.each(refusals)('%s: the training ends with the same bits, and the page is told', async (_, make) => {
    const { before, events, after, weights } = await trained(make());
    expect([before, after]).toEqual([null, null]);
    expect(weights).toBe(expected);
    const told = events.filter(({ type }) => type === 'not-kept');
    expect(told).toEqual([{ type: 'not-kept', message: expect.stringContaining('private window') }]);
  });

  it('a run that another tab keeps is not one of them', async () => {
    const locked: CheckpointStorage = {
      ...memoryStorage(),
      lock: async () => {
        throw new TrainerError('trainer/locked', 'in use by another run');
      },
    };
    await expect(trained(places(memoryStorage(), locked))).rejects.toMatchObject({ code: 'trainer/locked' });
  });
});
