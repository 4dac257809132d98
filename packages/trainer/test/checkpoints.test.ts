import { beforeEach, describe, expect, it } from 'vitest';
import { configDifferences } from '../src/checkpoint/config-differences.ts';
import { readExactJson, writeExactJson } from '../src/checkpoint/exact-json.ts';
import { type CheckpointStorage, fit, listCheckpoints, readCheckpoint, type TrainEvent } from '../src/index.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { damage, edited, flipped, signed } from './toy/damage.ts';
import { toyRun } from './toy/toy-run.ts';

let storage: CheckpointStorage;
let names: readonly string[];
/** Three checkpoints of a run of three epochs. */
beforeEach(async () => {
  storage = memoryStorage();
  await fit(toyRun({ maxEpochs: 3, checkpoint: { storage, topK: 9 } }).options);
  names = await storage.list();
  expect(names).toHaveLength(3);
});

describe('a checkpoint', () => {
  it('says what it is, and holds the weights of its moment', async () => {
    const { manifest, weights, state, optimizer } = await readCheckpoint(storage, 'last');
    expect(manifest).toMatchObject({ format: 'nt-checkpoint', version: 1, update: 15, epoch: 3 });
    expect(Object.keys(manifest.files)).toEqual(
      expect.arrayContaining(['weights.safetensors', 'optimizer.safetensors', 'state.json']),
    );
    expect(Object.keys(weights)).toEqual(expect.arrayContaining(['hidden.weight', 'output.bias']));
    expect([state.update, optimizer.header.completedUpdates]).toEqual([15, 15]);
    expect((await listCheckpoints(storage)).map((info) => info.manifest?.update)).toEqual([5, 10, 15]);
  });

  it.each([
    [
      'weights.safetensors',
      'one flipped bit',
      (bytes: Uint8Array) => flipped(bytes),
      /weights.safetensors with SHA-256/,
    ],
    [
      'optimizer.safetensors',
      'a lost byte',
      (bytes: Uint8Array) => bytes.slice(1),
      /optimizer.safetensors to have \d+ bytes; found/,
    ],
    ['state.json', 'no file', () => null, /state.json, which the manifest names/],
    ['manifest.json', 'no file', () => null, /a manifest.json; found none/],
    [
      'manifest.json',
      'half a file',
      (bytes: Uint8Array) => bytes.slice(0, bytes.length / 2),
      /manifest.json to be JSON/,
    ],
    ['manifest.json', 'another number', edited((manifest) => (manifest['update'] = 99)), /own checksum/],
    ['manifest.json', 'a list', () => new TextEncoder().encode('[]'), /JSON object/],
  ])('%s with %s is named as corrupt', async (file, _, change, message) => {
    await damage(storage, names[2]!, file, change);
    const reading = readCheckpoint(storage, 'last');
    await expect(reading).rejects.toMatchObject({
      code: 'trainer/corrupt-checkpoint',
      message: expect.stringMatching(message),
    });
    await expect(reading).rejects.toThrow(new RegExp(`Checkpoint '${names[2]}' of memory`));
  });

  it.each([
    ['another format', signed((manifest) => (manifest['format'] = 'keras')), /format 'nt-checkpoint'; found "keras"/],
    ['a later version', signed((manifest) => (manifest['version'] = 2)), /version 1; found 2/],
  ])('%s is named as foreign', async (_, change, message) => {
    await damage(storage, names[2]!, 'manifest.json', change);
    await expect(readCheckpoint(storage, 'last')).rejects.toMatchObject({
      code: 'trainer/foreign-checkpoint',
      message: expect.stringMatching(message),
    });
  });

  it('is used although newer ones are damaged only when asked, with a notice for each', async () => {
    await damage(storage, names[2]!, 'weights.safetensors', flipped);
    await damage(storage, names[1]!, 'manifest.json', () => null);
    const resume = (resumeFrom: string, onEvent?: (event: TrainEvent) => void) => {
      const { options } = toyRun({ maxEpochs: 3, checkpoint: { storage, topK: 9 }, resumeFrom });
      return fit({ ...options, ...(onEvent && { onEvent }) });
    };
    await expect(resume('last')).rejects.toThrow(/'last-good' takes the newest whole one/);
    const events: TrainEvent[] = [];
    const result = await resume('last-good', (event) => events.push(event));
    expect(events[0]).toMatchObject({ type: 'run-start', resumedFrom: names[0], update: 5 });
    expect(events.filter(({ type }) => type === 'notice')).toMatchObject([
      { code: 'checkpoint-passed-over', message: expect.stringContaining(names[2]!) },
      { code: 'checkpoint-passed-over', message: expect.stringContaining(names[1]!) },
    ]);
    expect(result).toMatchObject({ reason: 'completed', updates: 15 });
    for (const name of await storage.list()) await damage(storage, name, 'state.json', flipped);
    await expect(resume('last-good')).rejects.toMatchObject({
      code: 'trainer/corrupt-checkpoint',
      message: expect.stringMatching(/none is whole.*Start a new run/s),
    });
  });

  it('of another model is refused by the model or the optimizer, and the lock is free again', async () => {
    const other = toyRun({ maxEpochs: 3, checkpoint: { storage }, resumeFrom: 'last' }, { model: { hidden: 2 } });
    const before = other.backend.memory().tensors;
    await expect(fit(other.options)).rejects.toMatchObject({
      code: 'trainer/foreign-checkpoint',
      message: expect.stringContaining('hidden.weight: [3,3] in the checkpoint, [3,2] in the model'),
    });
    expect(other.backend.memory().tensors).toBe(before);
    await (await storage.lock()).release();
  });

  it('a second run on the same storage is refused while the first is running', async () => {
    const first = toyRun({ maxEpochs: 9, checkpoint: { storage } });
    let second: Promise<unknown> | undefined;
    await fit({
      ...first.options,
      onEvent(event) {
        if (event.type === 'update-end')
          second ??= fit(toyRun({ maxEpochs: 1, checkpoint: { storage } }).options).catch((error) => error);
      },
    });
    expect(await second).toMatchObject({ code: 'trainer/locked' });
  });

  it('what is of another run, or no checkpoint, stays where it is, also when the run is resumed', async () => {
    await storage.write('notes', { 'readme.txt': new Uint8Array() });
    const checkpoint = { storage, everyUpdates: 1, best: false };
    const { checkpoint: newest } = await fit(toyRun({ maxUpdates: 3, checkpoint }).options);
    expect(await storage.list()).toEqual(expect.arrayContaining([...names, 'notes', newest]));
    await fit(toyRun({ maxUpdates: 6, checkpoint, resumeFrom: 'last' }).options);
    expect(await storage.list()).toEqual(expect.arrayContaining([...names, 'notes']));
    expect(await storage.list()).not.toContain(newest);
    const fresh = memoryStorage();
    await fresh.write('notes', {});
    const begun = await fit(
      toyRun({ maxUpdates: 1, checkpoint: { storage: fresh }, resumeFrom: 'last', resumeIfPresent: true }).options,
    );
    expect(begun.updates).toBe(1);
  });
});

describe('exact JSON', () => {
  it('gives back every number bit for bit', () => {
    const value = {
      a: [Number.NaN, -0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.1 + 0.2, 5e-324],
      b: null,
      c: 'x',
    };
    const back = readExactJson(writeExactJson(value)) as typeof value;
    expect(back).toEqual(value);
    expect(Object.is(back.a[1], -0) && Object.is(back.a[2], 0)).toBe(true);
  });

  it('differences are listed leaf by leaf', () => {
    expect(configDifferences({ a: { b: 1, c: [1, 2] }, d: null }, { a: { b: 2, c: [1] }, d: { e: 1 } })).toEqual([
      { path: 'a.b', saved: 1, now: 2 },
      { path: 'a.c.1', saved: 2, now: undefined },
      { path: 'd', saved: null, now: { e: 1 } },
    ]);
  });
});
