import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fit, listCheckpoints, readCheckpoint, type TrainEvent } from '../src/index.ts';
import { type FileSystem, nodeFileSystem } from '../src/storage/node/file-system.ts';
import { nodeStorage } from '../src/storage/node/index.ts';
import { folderStorage } from '../src/storage/node/node-storage.ts';
import { toyRun } from './toy/toy-run.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nt-storage-'));
});
afterEach(() => rm(folder, { recursive: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (data: Uint8Array): string => new TextDecoder().decode(data);

/** The real file system, whose n-th call and all after it fail: with ENOSPC, or as if the process were gone. */
function failingAt(call: number, code: string): { fileSystem: FileSystem; calls: () => number } {
  let calls = 0;
  const guard =
    <Parameters extends unknown[], Result>(f: (...parameters: Parameters) => Promise<Result>) =>
    async (...parameters: Parameters): Promise<Result> => {
      calls += 1;
      if (calls < call) return f(...parameters);
      // Half of the file is there when the disk is full.
      if (calls === call && parameters[1] instanceof Uint8Array) {
        await writeFile(parameters[0] as string, parameters[1].subarray(0, parameters[1].length / 2));
      }
      throw Object.assign(new Error(`${code}: injected`), { code });
    };
  const fileSystem = Object.fromEntries(Object.entries(nodeFileSystem).map(([name, f]) => [name, guard(f as never)]));
  return { fileSystem: fileSystem as unknown as FileSystem, calls: () => calls };
}

describe('nodeStorage', () => {
  it('keeps entries as folders and lists only whole ones', async () => {
    const storage = nodeStorage(join(folder, 'not', 'there', 'yet'));
    expect(await storage.list()).toEqual([]);
    await storage.write('b', { 'x.txt': bytes('1') });
    await storage.write('a', { 'x.txt': bytes('2'), 'y.txt': bytes('3') });
    expect(await storage.list()).toEqual(['a', 'b']);
    expect(await storage.files('a')).toEqual(['x.txt', 'y.txt']);
    expect(text(await storage.read('a', 'y.txt'))).toBe('3');
    await storage.remove('a');
    await storage.remove('never-there');
    expect(await storage.list()).toEqual(['b']);
    await expect(storage.read('b', 'z.txt')).rejects.toMatchObject({ code: 'trainer/storage' });
    await expect(storage.write('../out', {})).rejects.toMatchObject({ code: 'trainer/storage' });
  });

  it('whatever call fails, the entries that are listed are whole and the old one is there', async () => {
    for (const code of ['ENOSPC', 'EIO']) {
      let failed = true;
      for (let call = 1; failed; call++) {
        const place = join(folder, `${code}-${call}`);
        await nodeStorage(place).write('old', { file: bytes('old content') });
        const { fileSystem, calls } = failingAt(call, code);
        const storage = folderStorage(place, fileSystem);
        failed = await storage.write('new', { file: bytes('new content'), other: bytes('more') }).then(
          () => false,
          (error) => {
            expect(error).toMatchObject({ code: 'trainer/storage', details: { code } });
            return true;
          },
        );
        const after = nodeStorage(place);
        expect(text(await after.read('old', 'file'))).toBe('old content');
        if ((await after.list()).includes('new')) expect(text(await after.read('new', 'other'))).toBe('more');
        else expect(failed).toBe(true);
        expect(calls()).toBeGreaterThanOrEqual(Math.min(call, 6));
        await (await after.lock()).release();
        expect((await readdir(place)).filter((name) => name.startsWith('.'))).toEqual([]);
      }
    }
  });

  it('says what to do when the disk is full or the folder is no folder', async () => {
    const { fileSystem } = failingAt(2, 'ENOSPC');
    await expect(folderStorage(folder, fileSystem).write('new', { file: bytes('x') })).rejects.toThrow(
      /disk is full: free space/,
    );
    for (const [code, remedy] of [
      ['EROFS', /file system is read-only/],
      ['EACCES', /change its permissions/],
    ] as const) {
      const readOnly = folderStorage(folder, failingAt(1, code).fileSystem);
      await expect(readOnly.lock()).rejects.toThrow(remedy);
      await expect(readOnly.lock()).rejects.toMatchObject({ code: 'trainer/storage', details: { code } });
    }
    await writeFile(join(folder, 'file'), '');
    await expect(nodeStorage(join(folder, 'file', 'inside')).lock()).rejects.toThrow(/part of the path is a file/);
  });

  it('two runs on one folder: the second is told who holds it, and gets it when the first has ended', async () => {
    const [first, second] = [nodeStorage(folder), nodeStorage(folder)];
    const lock = await first.lock();
    await expect(second.lock()).rejects.toMatchObject({
      code: 'trainer/locked',
      details: { owner: { pid: process.pid, host: hostname() } },
    });
    await lock.release();
    const again = await second.lock();
    expect(again.notices).toEqual([]);
    await again.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('leftovers that cannot be removed are an error each time, and leave nobody holding the lock', async () => {
    await writeFile(join(folder, '.partial-old'), '');
    const remove = async (path: string): Promise<void> => {
      if (path.includes('.partial-')) throw Object.assign(new Error('injected'), { code: 'EACCES' });
      await nodeFileSystem.remove(path);
    };
    const storage = folderStorage(folder, { ...nodeFileSystem, remove });
    for (const _ of [1, 2])
      await expect(storage.lock()).rejects.toMatchObject({ code: 'trainer/storage', details: { code: 'EACCES' } });
    await (await nodeStorage(folder).lock()).release();
  });

  it('a lock whose process is gone is taken over with a notice; one of another machine is not', async () => {
    const owner = { pid: 999_999_999, host: hostname(), since: '2026-01-01T00:00:00.000Z', processStart: null };
    await writeFile(join(folder, '.lock'), JSON.stringify(owner));
    const lock = await nodeStorage(folder).lock();
    expect(lock.notices).toEqual([expect.stringContaining('999999999')]);
    await lock.release();
    // The pid lives, but it is another process than the one that took the lock.
    await writeFile(join(folder, '.lock'), JSON.stringify({ ...owner, pid: process.pid, processStart: '1' }));
    if (process.platform === 'linux') await (await nodeStorage(folder).lock()).release();
    // Left by processes that were killed while they took the lock.
    await writeFile(join(folder, '.lock-stale-1'), JSON.stringify(owner));
    await writeFile(join(folder, '.lock-new-2'), '');
    await (await nodeStorage(folder).lock()).release();
    expect(await readdir(folder)).toEqual([]);
    await writeFile(join(folder, '.lock'), JSON.stringify({ ...owner, host: 'elsewhere' }));
    await expect(nodeStorage(folder).lock()).rejects.toThrow(/on elsewhere since 2026/);
    await writeFile(join(folder, '.lock'), 'half a lo');
    await expect(nodeStorage(folder).lock()).rejects.toMatchObject({ code: 'trainer/locked' });
  });
});

describe('a run on a failing disk', () => {
  it('ends with a clear error, and the checkpoint before it is whole', async () => {
    const { fileSystem } = failingAt(40, 'ENOSPC');
    const broken = toyRun({
      maxEpochs: 9,
      checkpoint: { storage: folderStorage(folder, fileSystem), everyUpdates: 1 },
    });
    await expect(fit(broken.options)).rejects.toThrow(/disk is full/);
    await rm(join(folder, '.lock'));
    const storage = nodeStorage(folder);
    const { name } = await readCheckpoint(storage, 'last');
    const events: TrainEvent[] = [];
    const resumed = toyRun({ maxEpochs: 9, checkpoint: { storage, everyUpdates: 1 }, resumeFrom: 'last' });
    const result = await fit({ ...resumed.options, onEvent: (event) => events.push(event) });
    expect(events[0]).toMatchObject({ type: 'run-start', resumedFrom: name });
    expect(result.reason).toBe('completed');
    expect((await listCheckpoints(storage)).every(({ problem }) => problem === null)).toBe(true);
  });
});
