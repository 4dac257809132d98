import type { CheckpointStorage, FileInParts } from '../checkpoint-storage.ts';
import { writeFiles } from '../write-files.ts';
import { expectEqual, expectRefusal } from './expect.ts';

/** One thing that every storage does. */
export interface StorageCase {
  readonly name: string;
  /**
   * Rejects, saying what differs, when the storage does something else.
   *
   * @param open a storage for a place; called twice with one name it gives two storages of the same place, as two
   *   programs would have them. Places with other names do not see each other, and are empty at first.
   */
  run(open: (place: string) => CheckpointStorage | Promise<CheckpointStorage>): Promise<void>;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (data: Uint8Array): string => new TextDecoder().decode(data);

/** As a checkpoint comes: the memory of a part serves the next one. */
async function* filesInParts(files: Readonly<Record<string, readonly Uint8Array[]>>): AsyncGenerator<FileInParts> {
  const memory = new Uint8Array(300_000);
  async function* parts(all: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
    for (const part of all) {
      memory.set(part);
      yield memory.subarray(0, part.length);
      memory.fill(0);
    }
  }
  for (const [name, all] of Object.entries(files)) yield { name, parts: parts(all) };
}

async function* brokenPart(problem: Error): AsyncGenerator<FileInParts> {
  async function* parts(): AsyncGenerator<Uint8Array> {
    yield bytes('1');
    throw problem;
  }
  yield { name: 'file', parts: parts() };
}

async function* brokenFile(problem: Error): AsyncGenerator<FileInParts> {
  yield* filesInParts({ file: [bytes('1')] });
  throw problem;
}

/** What `CheckpointStorage` promises, as data for any test runner: `for (const { name, run } of storageCases) it(name, …)`. */
export const storageCases: readonly StorageCase[] = [
  {
    name: 'a place that is not there is an empty one',
    async run(open) {
      const storage = await open('absent');
      expectEqual(await storage.list(), [], 'list()');
      await storage.remove('never-there');
    },
  },
  {
    name: 'entries and their files are listed, sorted',
    async run(open) {
      const storage = await open('sorted');
      for (const name of ['b', 'a10', 'a2']) await storage.write(name, { 'y.json': bytes('1'), 'x.bin': bytes('2') });
      expectEqual(await storage.list(), ['a10', 'a2', 'b'], 'list()');
      expectEqual(await storage.files('a2'), ['x.bin', 'y.json'], 'files()');
    },
  },
  {
    name: 'bytes come back as they were, none and many',
    async run(open) {
      const storage = await open('bytes');
      const many = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) % 256);
      await storage.write('entry', { none: new Uint8Array(), many, part: many.subarray(7, 19) });
      expectEqual((await storage.read('entry', 'none')).length, 0, 'length of an empty file');
      expectEqual(await storage.read('entry', 'many'), many, 'a large file');
      expectEqual(await storage.read('entry', 'part'), many.slice(7, 19), 'a part of a buffer');
    },
  },
  {
    name: 'an entry is replaced as a whole',
    async run(open) {
      const storage = await open('replaced');
      await storage.write('entry', { old: bytes('1'), both: bytes('2') });
      await storage.write('entry', { both: bytes('3') });
      expectEqual(await storage.files('entry'), ['both'], 'files()');
      expectEqual(text(await storage.read('entry', 'both')), '3', 'content');
    },
  },
  {
    name: 'what is stored does not change with the arrays of the caller',
    async run(open) {
      const storage = await open('own');
      const given = bytes('given');
      await storage.write('entry', { file: given });
      given.fill(0);
      (await storage.read('entry', 'file')).fill(0);
      expectEqual(text(await storage.read('entry', 'file')), 'given', 'content');
    },
  },
  {
    name: 'files that come in parts are put together, with and without parts',
    async run(open) {
      const storage = await open('parts');
      const many = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) % 256);
      await storage.write('entry', { old: bytes('1') });
      const given = { whole: [many], three: [many.subarray(0, 7), new Uint8Array(), many.subarray(7)], none: [] };
      await writeFiles(storage, 'entry', filesInParts(given));
      expectEqual(await storage.files('entry'), ['none', 'three', 'whole'], 'files()');
      for (const file of ['three', 'whole']) expectEqual(await storage.read('entry', file), many, file);
      expectEqual((await storage.read('entry', 'none')).length, 0, 'length of a file without parts');
    },
  },
  {
    name: 'an entry whose files end in an error does not appear, and the error is the one that was thrown',
    async run(open) {
      const storage = await open('broken');
      await storage.write('before', { file: bytes('1') });
      for (const broken of [brokenPart, brokenFile]) {
        const problem = new Error('could not be made');
        const thrown = await writeFiles(storage, 'entry', broken(problem)).then(
          () => null,
          (error: unknown) => error,
        );
        if (thrown !== problem) throw new Error(`expected the error of the files, found ${String(thrown)}.`);
        expectEqual(await storage.list(), ['before'], 'list()');
      }
      await writeFiles(storage, 'entry', filesInParts({ file: [bytes('2')] }));
      expectEqual(text(await storage.read('entry', 'file')), '2', 'content, written again');
    },
  },
  {
    name: 'an entry is gone when it is removed, the others stay',
    async run(open) {
      const storage = await open('removed');
      for (const name of ['a', 'b']) await storage.write(name, { file: bytes(name) });
      await storage.remove('a');
      await storage.remove('a');
      expectEqual(await storage.list(), ['b'], 'list()');
      expectEqual(text(await storage.read('b', 'file')), 'b', 'content of the other');
    },
  },
  {
    name: 'a file that is not there is an error',
    async run(open) {
      const storage = await open('missing');
      await storage.write('entry', { file: bytes('1') });
      await expectRefusal(() => storage.read('entry', 'other'), 'trainer/storage', 'read() of an absent file');
      await expectRefusal(() => storage.read('other', 'file'), 'trainer/storage', 'read() of an absent entry');
    },
  },
  {
    name: 'names that could leave the place, or hide in it, are refused',
    async run(open) {
      const storage = await open('names');
      for (const name of ['../out', 'a/b', '.hidden', '', 'a b', 'a\\b', '-']) {
        await expectRefusal(() => storage.write(name, {}), 'trainer/storage', `write('${name}')`);
      }
      expectEqual(await storage.list(), [], 'list()');
    },
  },
  {
    name: 'one program sees what another has written',
    async run(open) {
      const [one, other] = [await open('shared'), await open('shared')];
      await one.write('entry', { file: bytes('1') });
      expectEqual(await other.list(), ['entry'], 'list()');
      expectEqual(text(await other.read('entry', 'file')), '1', 'content');
      expectEqual(await (await open('not-shared')).list(), [], 'list() of another place');
    },
  },
  {
    name: 'the lock is one program’s until it is released, and no entry',
    async run(open) {
      const [one, other] = [await open('locked'), await open('locked')];
      const lock = await one.lock();
      expectEqual(lock.notices, [], 'notices');
      await expectRefusal(() => other.lock(), 'trainer/locked', 'a second lock()');
      await one.write('entry', { file: bytes('1') });
      expectEqual(await one.list(), ['entry'], 'list() while it is locked');
      await lock.release();
      const next = await other.lock();
      expectEqual(await other.list(), ['entry'], 'list() after the lock was taken');
      await next.release();
    },
  },
];
