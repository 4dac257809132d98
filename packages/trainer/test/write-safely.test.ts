import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeSafely } from '../src/node/index.ts';
import { renamePatiently } from '../src/node/rename-patiently.ts';
import { type SafeWriting, writeWith } from '../src/node/write-safely.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nt-write-'));
});
afterEach(() => rm(folder, { recursive: true }));

const failure = (code: string): Error => Object.assign(new Error(code), { code });

it('writes text and bytes, makes the folder, replaces what is there, and leaves nothing else', async () => {
  const path = join(folder, 'deep', 'file.txt');
  await writeSafely(path, 'first');
  await writeSafely(path, new TextEncoder().encode('second'));
  expect(await readFile(path, 'utf8')).toBe('second');
  expect(await readdir(join(folder, 'deep'))).toEqual(['file.txt']);
});

/** Calls in order; one of them fails. */
function recording(failing: string, error = failure('ENOSPC')): { calls: SafeWriting; seen: string[] } {
  const seen: string[] = [];
  const call = (name: string) => async (): Promise<void> => {
    seen.push(name);
    if (name === failing) throw error;
  };
  const calls = {
    mkdir: call('mkdir'),
    writeSynced: call('writeSynced'),
    rename: call('rename'),
    syncFolder: call('syncFolder'),
    remove: call('remove'),
  };
  return { calls, seen };
}

it('syncs the folder after the rename', async () => {
  const { calls, seen } = recording('none');
  await writeWith(calls, 'a/b', '');
  expect(seen).toEqual(['mkdir', 'writeSynced', 'rename', 'syncFolder']);
});

it.each(['writeSynced', 'rename'])('cleans up when %s fails, and tells why', async (failing) => {
  const { calls, seen } = recording(failing);
  await expect(writeWith(calls, 'a/b', '')).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(seen.at(-1)).toBe('remove');
});

it('waits while a file is held open, as Windows tells, and gives up in the end', async () => {
  let calls = 0;
  const heldFor = (times: number, code: string) => async (): Promise<void> => {
    calls += 1;
    if (calls <= times) throw failure(code);
  };
  for (const code of ['EPERM', 'EACCES', 'EBUSY']) {
    calls = 0;
    await renamePatiently(heldFor(2, code), 'a', 'b');
    expect(calls).toBe(3);
  }
  calls = 0;
  await expect(renamePatiently(heldFor(99, 'EPERM'), 'a', 'b')).rejects.toMatchObject({ code: 'EPERM' });
  expect(calls).toBe(9);
  calls = 0;
  await expect(renamePatiently(heldFor(99, 'ENOENT'), 'a', 'b')).rejects.toMatchObject({ code: 'ENOENT' });
  expect(calls).toBe(1);
});
