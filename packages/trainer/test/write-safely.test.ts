import { execFileSync } from 'node:child_process';
import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileSink, writeSafely } from '../src/node/index.ts';
import { renamePatiently } from '../src/node/rename-patiently.ts';
import { type SafeWriting, writeWith } from '../src/node/write-safely.ts';
import { needsSignals } from './needs.ts';

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

const writers: [name: string, write: (path: string) => Promise<void> | void][] = [
  ['writeSafely', (path: string) => writeSafely(path, 'new')],
  ['the first line of a sink', (path: string) => fileSink(path).write('new')],
  ['what replaces a sink', (path: string) => fileSink(path).replace?.('new')],
];

it.runIf(needsSignals()).each(writers)('%s keeps links, and replaces what they lead to', async (_, write) => {
  const [file, link, more] = ['file', 'link', 'more'].map((name) => join(folder, name)) as [string, string, string];
  await symlink('file', link);
  await symlink(link, more);
  for (const before of [undefined, 'old']) {
    if (before !== undefined) await writeFile(file, before);
    await write(more);
    expect(await readFile(file, 'utf8')).toBe('new');
    for (const path of [link, more]) expect((await lstat(path)).isSymbolicLink()).toBe(true);
  }
});

it.runIf(needsSignals()).each(writers)('%s writes into a pipe, which stays one', async (_, write) => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const [read] = await Promise.all([readFile(pipe, 'utf8'), write(pipe)]);
  expect(read).toBe('new');
  expect((await lstat(pipe)).isFIFO()).toBe(true);
});

it.runIf(needsSignals())('a link to itself is an error of the system', async () => {
  const link = join(folder, 'link');
  await symlink(link, link);
  await expect(writeSafely(link, 'new')).rejects.toMatchObject({ code: 'ELOOP', path: link });
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
