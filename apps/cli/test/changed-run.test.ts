import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { nt, startNt, temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const checkpoints = (): readonly string[] => {
  const path = join(folder, 'model', 'checkpoints');
  return existsSync(path) ? readdirSync(path).filter((name) => /^\d/.test(name)) : [];
};

beforeAll(async () => {
  writeBirths(folder, 60);
  const run = startNt(folder, ...tiny, '--epochs', '200', '--checkpoint-every', '1', '-o', 'model');
  while (checkpoints().length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  run.process.kill('SIGKILL');
  await run.ended;
});

const changes: readonly (readonly [flags: readonly string[], path: string])[] = [
  [['--loss', 'mse'], 'training.loss'],
  [['--optimizer', 'lion'], 'training.optimizer'],
  [['--optimizer', 'adamw:beta2=0.9'], 'training.optimizer'],
  [['--lr', '0.5'], 'training.learningRate'],
  [['--weight-decay', '0.5'], 'training.weightDecay'],
  [['--lookahead'], 'training.lookahead'],
  [['--schedule', 'constant'], 'training.schedule'],
  [['--warmup', '3'], 'training.warmupUpdates'],
  [['--accumulate', '2'], 'training.accumulate'],
  [['--clip', '3'], 'training.gradientClipNorm'],
  [['--clip-value', '3'], 'training.gradientClipValue'],
  [['--averaging', 'swa'], 'training.averaging'],
  [['--augment', 'mixup'], 'training.augment'],
  [['--nan-policy', 'skip'], 'training.nanPolicy'],
  [['--dropout', '0.5'], 'forecaster.model.dropoutProbTheta'],
  [['--seed', '9'], 'forecaster.seed'],
  [['--backend', 'reference'], 'engine'],
  [['--backend', 'reference', '--precision', 'mixed-float16'], 'training.precision'],
  [['--log-every', '7'], 'logEvery'],
];

it.each(changes)('an interrupted run is not resumed with %j', async (flags, path) => {
  const before = checkpoints();
  const { code, stderr } = await nt(folder, 'train', '--resume', 'model', ...flags);
  expect(stderr).toMatch(new RegExp(`differs from that of the checkpoint: .*${path}.*\\[trainer/config-changed\\]`));
  expect(stderr).toMatch(/Leave away what changes it: --resume.*--overwrite, or another folder with -o\. \[/);
  expect(code).toBe(1);
  expect(checkpoints()).toEqual(before);
});
