import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckpointStorage } from '../src/index.ts';
import { storageCases } from '../src/storage/conformance/index.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { nodeStorage } from '../src/storage/node/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nt-conformance-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Those of a browser run the same cases in a page. */
const storages: Record<string, () => (place: string) => CheckpointStorage> = {
  nodeStorage: () => (place) => nodeStorage(join(folder, place)),
  memoryStorage: () => {
    const places = new Map<string, CheckpointStorage>();
    return (place) => {
      const storage = places.get(place) ?? memoryStorage();
      places.set(place, storage);
      return storage;
    };
  },
};

describe.each(Object.entries(storages))('%s', (_, factory) => {
  it.each(storageCases)('$name', ({ run }) => run(factory()));
});

describe('the cases', () => {
  const memory = storages['memoryStorage']!;
  const faults: Record<string, (storage: CheckpointStorage) => Partial<CheckpointStorage>> = {
    'a list that is not sorted': ({ list }) => ({ list: async () => [...(await list())].reverse() }),
    'a write that keeps old files': (storage) => ({
      write: async (name, files) => {
        const old = await storage.files(name);
        const kept = await Promise.all(old.map(async (file) => [file, await storage.read(name, file)] as const));
        await storage.write(name, { ...Object.fromEntries(kept), ...files });
      },
    }),
    'a read that hands out its own memory': (storage) => {
      const cache = new Map<string, Uint8Array>();
      return {
        read: async (name, file) => {
          const key = `${name}/${file}`;
          cache.set(key, cache.get(key) ?? (await storage.read(name, file)));
          return cache.get(key)!;
        },
      };
    },
    'parts that are kept without a copy': (storage) => ({
      writeInParts: async (name, files) => {
        const whole: Record<string, Uint8Array> = {};
        for await (const { name: file, parts } of files) {
          const kept: Uint8Array[] = [];
          for await (const part of parts) kept.push(part);
          whole[file] = Uint8Array.from(kept.flatMap((part) => [...part]));
        }
        await storage.write(name, whole);
      },
    }),
    'an entry that appears with its first file': (storage) => ({
      writeInParts: async (name, files) => {
        const whole: Record<string, Uint8Array> = {};
        for await (const { name: file, parts } of files) {
          for await (const part of parts) whole[file] = Uint8Array.from([...(whole[file] ?? []), ...part]);
          await storage.write(name, whole);
        }
      },
    }),
    'a lock that locks nothing': () => ({ lock: async () => ({ notices: [], release: async () => {} }) }),
    'a plain Error for an absent file': () => ({ read: () => Promise.reject(new Error('ENOENT')) }),
    'a remove that removes nothing': () => ({ remove: async () => {} }),
    'names that are not looked at': (storage) => ({
      write: (name, files) => storage.write(name.replace(/\W/g, 'x') || 'x', files),
    }),
  };

  it.each(Object.entries(faults))('find %s', async (_, fault) => {
    const open = memory();
    const faulty = new Map<string, CheckpointStorage>();
    const results = await Promise.allSettled(
      storageCases.map(({ run }) =>
        run((place) => {
          const storage = open(place);
          faulty.set(place, faulty.get(place) ?? { ...storage, ...fault(storage) });
          return faulty.get(place)!;
        }),
      ),
    );
    expect(results.some(({ status }) => status === 'rejected')).toBe(true);
  });
});
