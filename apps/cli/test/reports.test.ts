import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { nt, startNt, temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const text = (file: string): string => readFileSync(join(folder, file), 'utf8');
const rows = (file: string): Record<string, number>[] =>
  text(file)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

beforeAll(() => writeBirths(folder, 60));

it('--log-jsonl and --log-csv hold the same numbers, by update', async () => {
  const { code } = await nt(folder, ...tiny, '--log-jsonl', 'logs/a.jsonl', '--log-csv', 'logs/a.csv', '-o', 'logged');
  expect(code).toBe(0);
  const long = rows('logs/a.jsonl').flatMap(({ update, epoch, ...values }) =>
    Object.entries(values).map(([name, value]) => `${update},${epoch},${name},${value}`),
  );
  expect(text('logs/a.csv')).toBe(`${['update,epoch,metric,value', ...long].join('\n')}\n`);
  // Of 15 updates: after the tenth, since small series are not checked more often, and at the end.
  expect(long.filter((line) => line.includes('validationLoss'))).toHaveLength(2);
});

it('--log-every says how often the training loss is among them', async () => {
  await nt(folder, ...tiny, '--log-jsonl', 'often.jsonl', '--log-every', '1', '-o', 'often');
  await nt(folder, ...tiny, '--log-jsonl', 'seldom.jsonl', '--log-every', '4', '-o', 'seldom');
  const losses = (file: string): number => rows(file).filter((row) => 'trainLoss' in row).length;
  expect(losses('often.jsonl')).toBe(15);
  expect(losses('seldom.jsonl')).toBeLessThan(10);
});

it('--tensorboard writes an event file with the tags, and another one when the run is resumed', async () => {
  const checkpoints = join(folder, 'boarded', 'checkpoints');
  const logged = ['--log-every', '1', '--tensorboard', 'board'];
  const run = startNt(folder, ...tiny, ...logged, '--epochs', '50', '--checkpoint-every', '1', '-o', 'boarded');
  while (!existsSync(checkpoints) || !readdirSync(checkpoints).some((name) => /^\d/.test(name)))
    await new Promise((resolve) => setTimeout(resolve, 2));
  run.process.kill('SIGKILL');
  await run.ended;
  expect((await nt(folder, 'train', '--resume', 'boarded')).code).toBe(0);
  const files = readdirSync(join(folder, 'board')).sort();
  expect(files).toHaveLength(2);
  for (const file of files) {
    expect(file).toMatch(/^events\.out\.tfevents\./);
    const events = readFileSync(join(folder, 'board', file), 'latin1');
    for (const tag of ['trainLoss', 'learningRate']) expect(events).toContain(tag);
  }
});
