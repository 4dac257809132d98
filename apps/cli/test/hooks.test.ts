import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { needsSignals } from './needs.ts';
import { nt, startNt, temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const node = `"${process.execPath}"`;

beforeAll(() => {
  writeBirths(folder, 60);
  // Appends what it is told to the file that it is given.
  writeFileSync(
    at('note.mjs'),
    "import fs from 'node:fs'; fs.appendFileSync(process.argv[2], fs.readFileSync(0, 'utf8'));",
  );
  writeFileSync(at('fail.mjs'), 'console.log("out"); console.error("err"); process.exit(3);');
  writeFileSync(at('sleep.mjs'), 'setTimeout(() => {}, 60_000);');
});

const note = (event: string, file: string): string[] => ['--on', `${event}=${node} note.mjs ${file}`];
const noted = (file: string): Record<string, unknown>[] =>
  readFileSync(at(file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

it('commands hear of start, checkpoints, best weights and the end, in this order', async () => {
  const events = ['start', 'checkpoint', 'best', 'end'].flatMap((event) => note(event, 'all.jsonl'));
  const run = await nt(folder, ...tiny, '-o', 'model', '--quiet', ...events);
  expect([run.code, run.stderr]).toEqual([0, '']);
  const told = noted('all.jsonl');
  const names = told.map(({ event }) => event);
  expect(names[0]).toBe('start');
  expect(names.at(-1)).toBe('end');
  expect(names).toEqual(expect.arrayContaining(['checkpoint', 'best']));
  for (const one of told) expect(one).toMatchObject({ model: 'model', time: expect.stringMatching(/^\d{4}-/) });
  expect(told[0]).toMatchObject({ maxUpdates: 15, resumedFrom: null });
  expect(told.find(({ event }) => event === 'checkpoint')).toMatchObject({ update: expect.any(Number) });
  expect(told.find(({ event }) => event === 'best')).toMatchObject({ metrics: { validationLoss: expect.any(Number) } });
  expect(told.at(-1)).toMatchObject({ exitCode: 0, result: { reason: 'completed', updates: 15 }, error: null });
});

it('the model is there when the end is told, and weights are the same with and without hooks', async () => {
  const copy = `--on=end=${node} -e "require('fs').copyFileSync('with/model.safetensors', 'copy.safetensors')"`;
  expect((await nt(folder, ...tiny, '-o', 'with', '--quiet', copy)).code).toBe(0);
  expect((await nt(folder, ...tiny, '-o', 'without', '--quiet')).code).toBe(0);
  const [kept, alone] = ['copy.safetensors', 'without/model.safetensors'].map((name) => readFileSync(at(name)));
  expect(kept).toEqual(alone);
});

it('one that fails, or takes too long, is reported, and is fatal only if asked', async () => {
  const failing = ['--on', `start=${node} fail.mjs`];
  const reported = await nt(folder, ...tiny, '-o', 'reported', '--epochs', '1', '--json', ...failing);
  expect(reported.code).toBe(0);
  expect(reported.stderr).toMatch(/--on start: it failed with exit code 3: .*fail\.mjs/);
  const slow = ['--on', `best=${node} sleep.mjs`, '--on-timeout', '0.3'];
  const late = await nt(folder, ...tiny, '-o', 'late', '--epochs', '1', '--quiet', ...slow);
  expect([late.code, late.stderr]).toEqual([
    0,
    expect.stringMatching(/^--on best: it was ended after 0\.3 s: .*sleep\.mjs/),
  ]);
  // What it prints is on stderr: stdout is for the result.
  expect(reported.stderr).toMatch(/^out$[\s\S]*^err$/m);
  expect(JSON.parse(reported.stdout)).toMatchObject({ result: { reason: 'completed' } });
});

it('a failure that is to stop the training leaves a checkpoint, exit code 1, and the same bits when it goes on', async () => {
  // Longer than the command takes to fail, however quick the machine.
  const long = [...tiny.map((word, k) => (tiny[k - 1] === '--epochs' ? '1000' : word)), '--patience', '0'];
  const stop = ['--on', `start=${node} fail.mjs`, '--on-failure', 'stop', ...note('end', 'stopped.jsonl')];
  const stopped = await nt(folder, ...long, '-o', 'stopped', ...stop);
  expect(stopped.stderr).toMatch(/Nothing is lost; go on with:\n {2}nt train --resume stopped/);
  expect(stopped.code).toBe(1);
  expect(noted('stopped.jsonl')).toMatchObject([{ event: 'end', result: { reason: 'aborted' } }]);
  const resumed = await nt(folder, 'resume', 'stopped', '--quiet', ...note('start', 'resumed.jsonl'));
  expect([resumed.code, resumed.stderr]).toEqual([0, '']);
  expect(noted('resumed.jsonl')[0]!['resumedFrom']).toEqual(expect.any(String));
});

it('of events that come faster than a command runs the newest is told, not each', async () => {
  writeFileSync(
    at('slow.mjs'),
    "import fs from 'node:fs'; const text = fs.readFileSync(0, 'utf8'); setTimeout(() => fs.appendFileSync('slow.jsonl', text), 300);",
  );
  const many = tiny.map((word, k) => (tiny[k - 1] === '--epochs' ? '40' : word));
  const slow = ['--on', `checkpoint=${node} slow.mjs`, ...note('end', 'slow.jsonl')];
  const run = await nt(folder, ...many, '-o', 'slow', '--quiet', '--checkpoint-every', '1', ...slow);
  expect([run.code, run.stderr]).toEqual([0, '']);
  const told = noted('slow.jsonl');
  const { updates } = told.at(-1)!['result'] as { updates: number };
  const checkpoints = told.slice(0, -1).map(({ update }) => update as number);
  expect(updates).toBeGreaterThan(100);
  expect(checkpoints.length).toBeLessThan(updates / 2);
  expect(checkpoints).toEqual([...checkpoints].sort((a, b) => a - b));
  expect(checkpoints.at(-1)).toBe(updates);
});

it('a command that fails at the end stops no training: nothing is said of one', async () => {
  const failing = ['--on', `end=${node} fail.mjs`, '--on-failure', 'stop'];
  const { code, stderr } = await nt(folder, ...tiny, '-o', 'ended', ...failing);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/--on end: it failed with exit code 3/)]);
  expect(stderr).not.toMatch(/Stopping/);
});

it.skipIf(!needsSignals())('Ctrl-C is told as the end', async () => {
  const long = tiny.map((word, k) => (tiny[k - 1] === '--epochs' ? '4000' : word));
  const run = startNt(folder, ...long, '-o', 'broken', ...note('end', 'broken.jsonl'), '--on', 'start=touch started');
  while (!existsSync(at('started'))) await new Promise((resolve) => setTimeout(resolve, 50));
  run.process.kill('SIGINT');
  expect((await run.ended).code).toBe(130);
  expect(noted('broken.jsonl')).toMatchObject([{ exitCode: 130, result: { reason: 'aborted' } }]);
});

it('a training that fails is told as the end', async () => {
  const run = await nt(folder, ...tiny, '-o', 'failed', '--optimizer', 'adam:beta=1', ...note('end', 'failed.jsonl'));
  expect(run.code).toBe(1);
  expect(noted('failed.jsonl')).toMatchObject([{ exitCode: 1, result: null, error: expect.stringMatching(/'beta'/) }]);
});

it.each([
  [['--on', 'finish=echo'], /Expected start, checkpoint, best, end, then = and a command/],
  [['--on', 'end'], /Expected start/],
  [['--on-failure', 'ignore'], /report, stop/],
  [['--on-timeout', '0'], /number >= 0.001/],
])('%j is told', async (words, message) => {
  const { code, stderr } = await nt(folder, ...tiny, '-o', 'never', ...words);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
});
