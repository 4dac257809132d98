import { createHash } from 'node:crypto';
import { createCpuBackend } from '@nt/backend-cpu';
import { type Backend, type Tensor, TensorError } from '@nt/tensor';
import { afterEach, describe, expect, it } from 'vitest';
import type { ModelFiles } from '../src/index.ts';
import type { WorkerTrainEvent } from '../src/worker/index.ts';
import { openChannel, smallRun, weekCsv } from './worker-channel.ts';

const digest = (files: ModelFiles): string =>
  createHash('sha256').update(files['members/0/model.safetensors']!).digest('hex');

const lost = (): Error =>
  new TensorError('tensor/backend-unavailable', 'the device is gone', { reason: 'device-lost' });

describe.each([
  ['in the words of the engine', lost],
  ['in those of the browser', () => new Error('Buffer was unmapped')],
])('a worker whose device is lost, told %s', (_, words) => {
  let isLost = false;
  let live: Backend<Tensor> | null = null;
  /** An engine on a device that can go away: then every operation throws, until another engine is made. */
  const create = async (): Promise<Backend<Tensor>> => {
    isLost = false;
    const engine = (await createCpuBackend()) as unknown as Backend<Tensor>;
    const ops = new Proxy(engine.ops, {
      get(target, name, receiver) {
        if (isLost) throw words();
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
    // Recorded commands would not ask for operations any more.
    const { captureSite: _, ...rest } = engine;
    const describe = async () => {
      if (isLost) throw lost();
      return engine.describe();
    };
    live = { ...rest, ops, describe };
    return live;
  };
  afterEach(() => live?.dispose());
  const opened = async () => {
    const client = openChannel(create);
    await client.preview({ file: new Blob([weekCsv()]), name: 'sales.csv' });
    return client;
  };

  it('goes on by itself from the last checkpoint, to the bits of a run without the loss', async () => {
    const client = await opened();
    await client.train(smallRun);
    const expected = digest(await client.save());
    const events: WorkerTrainEvent[] = [];
    const { reason } = await client.train({ ...smallRun, checkpointEvery: 5 }, (event) => {
      events.push(event);
      if (event.type === 'checkpoint-saved' && (event.update === 10 || event.update === 20)) isLost = true;
    });
    expect(reason).toBe('completed');
    expect(events.filter(({ type }) => type === 'engine-lost')).toHaveLength(2);
    expect(events.filter(({ type }) => type === 'planned')).toHaveLength(3);
    expect(events.filter((event) => event.type === 'run-start' && event.resumedFrom !== null)).toHaveLength(2);
    expect(digest(await client.save())).toBe(expected);
    client.close();
  });

  it('gives up where no device lasts until a checkpoint, and trains again when asked', async () => {
    const client = await opened();
    const losses: string[] = [];
    const hopeless = client.train(smallRun, (event) => {
      if (event.type === 'run-start') isLost = true;
      if (event.type === 'engine-lost') losses.push(event.message);
    });
    await expect(hopeless).rejects.toThrow(words().message);
    expect(losses).toHaveLength(3);
    expect((await client.train(smallRun)).reason).toBe('completed');
    client.close();
  });

  it('keeps its model', async () => {
    const client = await opened();
    await client.train(smallRun);
    const before = await client.forecast({ levels: [80] });
    isLost = true;
    expect(await client.forecast({ levels: [80] })).toEqual(before);
    isLost = true;
    expect((await client.save())['config.json']).toBeDefined();
    expect((await client.evaluate({})).rows[0]!.method).toBe('nhits, conformal');
    client.close();
  });
});
