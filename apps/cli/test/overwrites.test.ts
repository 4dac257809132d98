import { spawnSync } from 'node:child_process';
import { copyFileSync, linkSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, inject, it } from 'vitest';
import { needsFullDisk } from './needs.ts';
import { digest, nt, temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const kept = ['births.csv', 'ahead.csv', 'model/config.json', 'model/history.csv', 'model/model.safetensors'];

beforeAll(async () => {
  writeBirths(folder, 60);
  copyFileSync(join(folder, 'births.csv'), join(folder, 'ahead.csv'));
  symlinkSync('births.csv', join(folder, 'link.csv'));
  linkSync(join(folder, 'births.csv'), join(folder, 'hard.csv'));
  expect((await nt(folder, ...tiny, '-o', 'model')).code).toBe(0);
});

const forecast = ['forecast', '-m', 'model', '-d', 'births.csv'];

it.each<[string, readonly string[], RegExp]>([
  ['a forecast into its data', [...forecast, '-o', 'births.csv'], /--output births\.csv: this file is read \(--data\)/],
  ['spelled otherwise', [...forecast, '-o', './model/../births.csv'], /this file is read \(--data\)/],
  ['through a link', [...forecast, '-o', 'link.csv'], /this file is read \(--data\)/],
  ['through a hard link', [...forecast, '-o', 'hard.csv'], /this file is read \(--data\)/],
  ['of a pattern', ['forecast', '-m', 'model', '-d', 'birth*.csv', '-o', 'births.csv'], /is read \(--data\)/],
  ['the data of the training', ['forecast', '-m', 'model', '-o', 'births.csv'], /is read \(the data of its training\)/],
  ['what is known ahead', [...forecast, '--future-data', 'ahead.csv', '-o', 'ahead.csv'], /is read \(--future-data\)/],
  ['a part of the model', [...forecast, '-o', 'model/config.json'], /belongs to the model in 'model'/],
  ['weights over weights', ['export', 'model', '-o', 'model/model.safetensors'], /belongs to the model in 'model'/],
  ['a log over the data', [...tiny, '-o', 'other', '--log-csv', 'births.csv'], /--log-csv .*is read \(--data\)/],
  ['a log where the model has its own', [...tiny, '-o', 'other', '--log-csv', 'other/history.csv'], /belongs to/],
  [
    'two results in one file',
    [...tiny, '-o', 'other', '--log-csv', 'x.log', '--log-jsonl', 'x.log'],
    /--log-csv is wri/,
  ],
  ['a pipe', [...forecast, '-o', '-'], /--output -: name a file/],
])('%s is refused, and nothing is lost', async (_, words, message) => {
  const before = kept.map((name) => digest(join(folder, name)));
  const { code, stdout, stderr } = await nt(folder, ...words);
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
  expect(kept.map((name) => digest(join(folder, name)))).toEqual(before);
});

it('a file of its own is written, also in the folder of the model, and again', async () => {
  writeFileSync(join(folder, 'forecast.csv'), 'of yesterday');
  for (const path of ['forecast.csv', 'model/forecast.csv', 'model/forecast.csv']) {
    expect((await nt(folder, ...forecast, '-o', path)).code).toBe(0);
    expect(readFileSync(join(folder, path), 'utf8')).toMatch(/^ds,births\n/);
  }
});

/** What a shell makes of `nt` with words behind it. */
function inShell(words: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const typed = ['-c', `"$0" "$1" ${words}`, process.execPath, inject('nt')];
  const { status, stdout, stderr } = spawnSync('sh', typed, { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

it.runIf(needsFullDisk())('a full disk is told, wherever a result goes, and a device stays one', () => {
  const told = /^error: (stdout|\/dev\/full): cannot be written or read: the disk is full \(ENOSPC\)\.\n$/;
  for (const target of ['> /dev/full', '-o /dev/full', '--report /dev/full']) {
    const { status, stderr } = inShell(`forecast -m model -d births.csv --quiet ${target}`);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(told) });
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
  }
});

// Where nothing can be made, Node's mkdir would try for ever.
it.runIf(needsFullDisk())('a folder that the system makes itself is refused', async () => {
  for (const words of [
    [...tiny, '-o', '/proc/nt-x'],
    [...forecast, '-o', '/proc/nt-x/forecast.csv'],
  ]) {
    const { code, stderr } = await nt(folder, ...words);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/'\/proc' is made by the system/) });
  }
});

it('what Node does not permit is told with the path and the flag', () => {
  const major = Number(process.versions.node.split('.')[0]);
  const permission = [major < 24 ? '--experimental-permission' : '--permission', '--allow-fs-read=*', '--no-warnings'];
  const words = ['export', 'model', '-o', 'other.safetensors'];
  const { status, stderr } = spawnSync(process.execPath, [...permission, inject('nt'), ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringMatching(/^error: \S+: .*--allow-fs-write/),
  });
});

it.runIf(needsFullDisk())('a result may go to a device that nobody can put a file beside', () => {
  const words = 'forecast -m model -d births.csv --quiet -o';
  expect(inShell(`${words} /dev/stdout | cat`).stdout).toMatch(/^ds,births\n/);
  expect(inShell(`${words} /dev/null`)).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});
