import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { forgetTrainings, nextAttempt, trainingsFolder } from '../src/jobs/kept-trainings.ts';
import { ntInside } from './run-inside.ts';
import { temporaryFolder } from './run-nt.ts';

it.each([
  ['/shared/queue', undefined, '/shared/queue/checkpoints'],
  ['/shared/queue', '/other', '/other'],
  ['redis://h', '/other', '/other'],
  ['redis://h', undefined, null],
  ['postgres://h/db', undefined, null],
])('workers of %s with --checkpoints %s keep trainings in %s', (queue, told, place) => {
  expect(trainingsFolder(queue, told)?.replaceAll('\\', '/') ?? null).toEqual(
    place === null ? null : expect.stringMatching(new RegExp(`${place}$`)),
  );
});

it('each attempt begins with a copy of the one before, without its lock, and shares no file with it', async () => {
  const root = temporaryFolder();
  const first = await nextAttempt(root, 'job');
  expect(readdirSync(first)).toEqual([]);
  mkdirSync(join(first, '0', 'network'), { recursive: true });
  writeFileSync(join(first, '0', 'network', 'weights'), 'one');
  writeFileSync(join(first, '0', 'network', '.lock'), 'of another process');
  const second = await nextAttempt(root, 'job');
  expect(readdirSync(join(second, '0', 'network'))).toEqual(['weights']);
  writeFileSync(join(first, '0', 'network', 'weights'), 'written by a worker that was thought lost');
  expect(readFileSync(join(second, '0', 'network', 'weights'), 'utf8')).toBe('one');
  const both = await Promise.all([nextAttempt(root, 'job'), nextAttempt(root, 'job')]);
  expect(new Set([first, second, ...both]).size).toBe(4);
  await forgetTrainings(root, 'job');
  expect(existsSync(join(root, 'job'))).toBe(false);
});

it('with a server --checkpoint-every needs --checkpoints', async () => {
  const { code, stderr } = await ntInside('worker', '--queue', 'redis://127.0.0.1:1', '--checkpoint-every', '5');
  expect([code, stderr]).toEqual([2, expect.stringMatching(/--checkpoint-every: say where, with --checkpoints/)]);
});
