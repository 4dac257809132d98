import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeStorage } from '@nt/trainer/storage/node';
import { expect, it } from 'vitest';
import { stderrTerminal } from '../src/output/terminal.ts';
import { whileHolding } from '../src/while-holding.ts';
import { nt, temporaryFolder, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
const quiet = stderrTerminal(true);

it('a folder is for one; one that was made for nothing does not stay', async () => {
  const refused = whileHolding(at('new'), quiet, () => whileHolding(at('new'), quiet, async () => 1));
  await expect(refused).rejects.toMatchObject({ code: 'trainer/locked' });
  expect(existsSync(at('new'))).toBe(false);
  mkdirSync(at('old'));
  expect(await whileHolding(at('old'), quiet, async () => 2)).toBe(2);
  expect(readdirSync(at('old'))).toEqual([]);
  await whileHolding(at('new'), quiet, async () => writeFileSync(at('new', 'result'), ''));
  expect(readdirSync(at('new'))).toEqual(['result']);
});

it.each([
  ['backtest', ['--model', 'nhits', '--folds', '2']],
  ['optimize', ['--max-updates', '1', '--trials', '1']],
])('nt %s leaves a folder alone that another process works in', async (command, flags) => {
  writeBirths(folder, 80);
  const data = ['-d', 'births.csv', '--target', 'births', '--horizon', '2'];
  const name = `held-${command}`;
  const lock = await nodeStorage(at(name)).lock();
  const { code, stderr } = await nt(folder, command, ...data, ...flags, '-o', name);
  expect([code, stderr]).toEqual([1, expect.stringContaining(`is in use by process ${process.pid}`)]);
  expect(readdirSync(at(name))).toEqual(['.lock']);
  await lock.release();
});
