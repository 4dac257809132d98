import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { digest, nt, quick, startNt, temporaryFolder, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const long = [...quick, '--epochs', '6', '--dropout', '0.2', '--checkpoint-every', '3'];
const weights = (model: string): string => digest(join(folder, model, 'weights.safetensors'));
const checkpoints = (model: string): number => {
  const path = join(folder, model, 'checkpoints');
  return existsSync(path) ? readdirSync(path).filter((name) => /^\d+-update-/.test(name)).length : 0;
};

beforeAll(async () => {
  writeBirths(folder, 700);
  expect((await nt(folder, ...long, '-o', 'whole')).code).toBe(0);
});

async function stopped(
  model: string,
  signal: 'SIGKILL' | 'SIGINT',
  delay: number,
): Promise<{ code: number | null; stderr: string }> {
  const run = startNt(folder, ...long, '-o', model);
  while (checkpoints(model) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, delay));
  run.process.kill(signal);
  return run.ended;
}

it.each([0, 40, 150])('killed %i ms after its first checkpoint, it resumes to the same bits', async (delay) => {
  const model = `killed-${delay}`;
  await stopped(model, 'SIGKILL', delay);
  if (existsSync(join(folder, model, 'model.json'))) return expect(weights(model)).toBe(weights('whole'));
  const resumed = await nt(folder, 'train', '--resume', model);
  expect(resumed.stderr.includes('error:') ? resumed.stderr : '').toBe('');
  expect(resumed.code).toBe(0);
  expect(weights(model)).toBe(weights('whole'));
});

it('Ctrl-C ends with code 130 and says how to go on; that gives the same bits', async () => {
  const { code, stderr } = await stopped('interrupted', 'SIGINT', 0);
  expect(code).toBe(130);
  expect(stderr).toMatch(/nt train --resume interrupted/);
  expect(existsSync(join(folder, 'interrupted', 'model.json'))).toBe(false);
  expect((await nt(folder, ...long, '-o', 'interrupted')).stderr).toMatch(/holds an interrupted run.*--resume/);
  expect((await nt(folder, 'train', '--resume', '-o', 'interrupted')).code).toBe(0);
  expect(weights('interrupted')).toBe(weights('whole'));
});

it('refuses to resume with another option, naming it, and leaves the run as it was', async () => {
  await stopped('changed', 'SIGINT', 0);
  const refused = await nt(folder, 'train', '--resume', 'changed', '--lr', '0.5');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/learningRate/);
  expect((await nt(folder, 'train', '--resume', 'changed')).code).toBe(0);
  expect(weights('changed')).toBe(weights('whole'));
});

it('a finished run cannot be resumed', async () => {
  const { code, stderr } = await nt(folder, 'train', '--resume', 'whole');
  expect(code).toBe(2);
  expect(stderr).toMatch(/finished/);
});
