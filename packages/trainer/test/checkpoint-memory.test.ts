import { afterEach, describe, expect, it, vi } from 'vitest';
import { runningSha256, sha256 } from '../src/checkpoint/sha256.ts';
import { type CheckpointStorage, fit } from '../src/index.ts';
import { captureWeights } from '../src/run/check-metric.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { toyRun } from './toy/toy-run.ts';

/** A storage that takes parts, and notes what it is given in which order. */
function inParts(): { readonly storage: CheckpointStorage; readonly given: Record<string, number[]> } {
  const memory = memoryStorage();
  const given: Record<string, number[]> = {};
  const writeInParts: CheckpointStorage['writeInParts'] = async (name, files) => {
    const whole: Record<string, Uint8Array> = {};
    for await (const { name: file, parts } of files) {
      given[file] = [];
      const copies: number[] = [];
      for await (const part of parts) {
        given[file].push(part.length);
        copies.push(...part);
      }
      whole[file] = Uint8Array.from(copies);
    }
    await memory.write(name, whole);
  };
  return { storage: { ...memory, writeInParts }, given };
}

describe('a checkpoint', () => {
  it('comes array by array, and its files are those that a storage of whole files gets', async () => {
    const { storage, given } = inParts();
    const whole = memoryStorage();
    for (const one of [storage, whole]) await fit(toyRun({ maxUpdates: 4, checkpoint: { storage: one } }).options);
    expect(Object.keys(given).at(-1)).toBe('manifest.json');
    // The header, then two moments of each of four parameters.
    expect(given['optimizer.safetensors']).toHaveLength(9);
    const [name] = await whole.list();
    expect(await storage.list()).toEqual([name]);
    const files = await whole.files(name!);
    expect(await storage.files(name!)).toEqual(files);
    for (const file of files.filter((one) => one !== 'manifest.json')) {
      expect(await storage.read(name!, file), file).toEqual(await whole.read(name!, file));
    }
  });

  it('of the best check writes the weights that were read for it, and does not read them again', async () => {
    const run = toyRun({ maxUpdates: 4, checkpoint: { storage: memoryStorage(), everyUpdates: 99 } });
    const read = vi.spyOn(run.options.model, 'saveWeights');
    const { weights, best } = await fit(run.options);
    expect(best?.update).toBe(4);
    expect(weights).toBe('best');
    expect(read).toHaveBeenCalledTimes(1);
  });
});

describe('weights of the best check', () => {
  it('keep their memory, and never take that of others', async () => {
    const { model } = toyRun();
    const first = await captureWeights(model);
    const values = structuredClone(first);
    model.loadWeights(
      Object.fromEntries(Object.entries(first).map(([k, a]) => [k, { ...a, data: a.data.map((x) => x + 1) }])),
    );
    const second = await captureWeights(model, first);
    for (const [name, { data }] of Object.entries(second)) {
      expect(data).toBe(first[name]!.data);
      expect([...data]).toEqual(Array.from(values[name]!.data, (x) => x + 1));
    }
    const ofACheckpoint = { ...second };
    const third = await captureWeights(model, ofACheckpoint);
    for (const [name, { data }] of Object.entries(third)) expect(data).not.toBe(ofACheckpoint[name]!.data);
  });
});

describe('a checksum of parts', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  const abc = [new TextEncoder().encode('a'), new Uint8Array(), new TextEncoder().encode('bc')];
  /** FIPS 180-2. */
  const wanted = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

  it.each(['node', 'web'])('is that of the whole (%s), also when a part changes afterwards', async (kind) => {
    if (kind === 'web') vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
    const sum = runningSha256();
    for (const part of abc) {
      const copy = part.slice();
      sum.add(copy);
      copy.fill(0);
    }
    expect([sum.bytes, await sum.end()]).toEqual([3, wanted]);
    expect(await sha256(new TextEncoder().encode('abc'))).toBe(wanted);
  });

  it('is refused by name in a page that is not secure', async () => {
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
    vi.stubGlobal('crypto', {});
    const refusal = { code: 'trainer/storage', message: expect.stringMatching(/https:\/\/ or localhost/) };
    await expect(sha256(abc[0]!)).rejects.toMatchObject(refusal);
    await expect(runningSha256().end()).rejects.toMatchObject(refusal);
  });
});
