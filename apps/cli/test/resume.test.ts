import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { needsSignals } from './needs.ts';
import { ntInside } from './run-inside.ts';
import { digest, type NtResult, nt, startNt, temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const long = [...tiny, '--epochs', '30', '--dropout', '0.2', '--checkpoint-every', '3'];
const weights = (model: string): string => digest(join(folder, model, 'model.safetensors'));
const checkpoints = (model: string): number => {
  const path = join(folder, model, 'checkpoints');
  return existsSync(path) ? readdirSync(path).filter((name) => /^\d+-update-/.test(name)).length : 0;
};

beforeAll(async () => {
  writeBirths(folder, 60);
  expect((await nt(folder, ...long, '-o', 'whole')).code).toBe(0);
});

/** Interrupts a run once it has a checkpoint. */
async function interrupted(model: string): Promise<NtResult> {
  const run = startNt(folder, ...long, '-o', model);
  while (checkpoints(model) === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  run.process.kill('SIGINT');
  return run.ended;
}

it.runIf(needsSignals())('Ctrl-C ends with code 130 and says how to go on; that gives the same bits', async () => {
  const { code, stderr } = await interrupted('interrupted');
  expect(code).toBe(130);
  expect(stderr).toMatch(/nt train --resume interrupted/);
  expect(existsSync(join(folder, 'interrupted', 'config.json'))).toBe(false);
  expect((await nt(folder, 'info', 'interrupted')).stdout).toMatch(
    /an interrupted training of nhits[\s\S]*next: nt resume interrupted/,
  );
  expect((await nt(folder, ...long, '-o', 'interrupted')).stderr).toMatch(/holds an interrupted run.*--resume/);
  expect((await nt(folder, 'train', '--resume', '-o', 'interrupted')).code).toBe(0);
  expect(weights('interrupted')).toBe(weights('whole'));
});

it('Ctrl-C does the same on systems whose processes cannot be sent a signal', async () => {
  const model = join(folder, 'inside');
  const [verb = '', ...flags] = long.map((word) => (word === 'births.csv' ? join(folder, word) : word));
  expect((await ntInside(verb, ...flags, '-o', join(folder, 'whole-inside'))).code).toBe(0);
  const run = ntInside(verb, ...flags, '-o', model);
  while (checkpoints('inside') === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  process.emit('SIGINT', 'SIGINT');
  const { code, stderr } = await run;
  expect(code).toBe(130);
  expect(stderr).toMatch(/nt train --resume .*inside/);
  expect((await ntInside('train', '--resume', model)).code).toBe(0);
  expect(weights('inside')).toBe(weights('whole-inside'));
});

it('a finished run cannot be resumed', async () => {
  const { code, stderr } = await nt(folder, 'train', '--resume', 'whole');
  expect(code).toBe(2);
  expect(stderr).toMatch(/finished/);
});
