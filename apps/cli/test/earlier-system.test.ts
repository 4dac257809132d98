import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ntInside, trainParser } from './run-inside.ts';
import { nt, temporaryFolder } from './run-nt.ts';

const folder = temporaryFolder();

/** Hourly bars of a random walk, as the earlier guide's file. */
beforeAll(() => {
  let state = 1;
  const random = (): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648 - 0.5;
  };
  let close = 100;
  const rows = Array.from({ length: 1200 }, (_, hour) => {
    const open = close;
    close = open + random();
    const time = new Date(Date.UTC(2024, 0, 1, hour)).toISOString().slice(0, 19).replace('T', ' ');
    const bar = [open, Math.max(open, close) + 0.1, Math.min(open, close) - 0.1, close].map((one) => one.toFixed(2));
    return [time, ...bar, 1000 + hour].join(',');
  });
  writeFileSync(join(folder, 'bars.csv'), `timestamp,open,high,low,close,volume\n${rows.join('\n')}\n`);
});

it.each([
  ['--model nhits', 'model', 'nhits'],
  ['-d x.csv', 'data', 'x.csv'],
  ['--data x.csv', 'data', 'x.csv'],
  ['--target close', 'target', 'close'],
  ['--input-size 168', 'inputSize', 168],
  ['--horizon 24', 'horizon', 24],
  ['--epochs 100', 'epochs', 100],
  ['--batch-size 32', 'batchSize', 32],
  ['--lr 0.001', 'lr', 0.001],
  ['--weight-decay 1e-5', 'weightDecay', 1e-5],
  ['--hidden-size 512', 'hiddenSize', 512],
  ['--dropout 0.1', 'dropout', 0.1],
  ['--val-split 0.2', 'valSplit', 0.2],
  ['--patience 10', 'patience', 10],
  ['-o out', 'output', 'out'],
  ['--output out', 'output', 'out'],
  ['--checkpoint-dir points', 'checkpointDir', 'points'],
  ['--gpu 0', 'gpu', 0],
  ['--gpu', 'gpu', true],
  ['--optimizer adam', 'optimizer', { name: 'adam' }],
  ['--optimizer adamw', 'optimizer', { name: 'adamw' }],
  ['--optimizer sgd', 'optimizer', { name: 'sgd' }],
  ['--optimizer rmsprop', 'optimizer', { name: 'rmsprop' }],
  ['--n-stacks 3', 'nStacks', 3],
  ['--mixed-precision', 'mixedPrecision', true],
  ['--resume out', 'resume', 'out'],
] as const)('the flag %s is taken as it is', (line, name, value) => {
  let flags: Record<string, unknown> = {};
  trainParser((given) => {
    flags = { ...given };
  }).parse(line.split(' '), { from: 'user' });
  expect(flags[name]).toEqual(value);
});

it("the earlier guide's command line trains, and what it cannot have is told", async () => {
  const line =
    'train-neural --model nhits --data bars.csv --target close --input-size 48 --horizon 24 --epochs 1 --batch-size 32 --lr 0.001 --weight-decay 1e-5 --hidden-size 16 --dropout 0.1 --val-split 0.2 --patience 10 --checkpoint-dir points --gpu 0 --optimizer adamw --n-stacks 3 --mixed-precision -o model';
  const { code, stdout, stderr } = await nt(folder, ...line.split(' '));
  expect(stderr).toMatch(/frequency hour/);
  expect(stderr).toMatch(/--backend auto: computing on \w+/);
  expect(stderr).toMatch(/note: --mixed-precision: \w+ computes in float32/);
  expect(stdout).toMatch(/naive/);
  expect(code).toBe(0);
  expect(existsSync(join(folder, 'model', 'config.json'))).toBe(true);
  const predicted = await nt(folder, 'predict', '--model', 'model', '--data', 'bars.csv', '--horizon', '24');
  expect([predicted.code, predicted.stdout.trim().split('\n').length]).toEqual([0, 25]);
});

it.each([
  ['--gpu 1', /CUDA_VISIBLE_DEVICES=1/],
  ['--gpu --backend cpu', /--gpu and --backend cpu say where to compute in two ways/],
  ['--model lstm', /nhits/],
])('%s is refused with what to do', async (line, message) => {
  mkdirSync(join(folder, 'none'), { recursive: true });
  const words = ['train', '-d', join(folder, 'bars.csv'), '--target', 'close', '-o', join(folder, 'none')];
  const { code, stderr } = await ntInside(...words, ...line.split(' '));
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
});
