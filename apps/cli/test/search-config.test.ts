import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ntInside } from './run-inside.ts';
import { type NtResult, temporaryFolder, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);

beforeAll(() => writeBirths(folder, 90));

describe('a search in a configuration', () => {
  const space = {
    learningRate: { min: 1e-4, max: 1e-2, scale: 'log' },
    inputSize: [4, 6],
    'model.nHarmonics': { min: 1, max: 4, step: 1 },
    loss: [{ name: 'mae' }, { name: 'huber', delta: 2 }],
    restoreBestWeights: [false, true],
  };
  const texts = [
    'lr=1e-4..1e-2,log',
    'input-size=4|6',
    'model.nHarmonics=1..4,step=1',
    'loss=mae|huber:delta=2',
    'no-restore-best-weights=true|false',
  ];

  it.each([
    ['texts, as behind the flag', texts],
    ['names of the library', space],
    ['names of the command', { ...space, learningRate: undefined, lr: '1e-4..1e-2,log', loss: 'mae|huber:delta=2' }],
  ])('as %s', async (_title, search) => {
    writeFileSync(at('space.json'), JSON.stringify({ optimize: { search, trials: 3 } }));
    const told = await ntInside('config', 'optimize', '--config', at('space.json'));
    expect([told.code, JSON.parse(told.stdout).trials]).toEqual([0, 3]);
    expect(JSON.parse(told.stdout).search).toEqual(space);
  });

  it('what nt config prints is what the flags say, and is taken again', async () => {
    const flags = texts.flatMap((text) => ['--search', text]);
    const first = await ntInside('config', 'optimize', ...flags, '--set', 'search.inputSize=[4, 6]');
    expect(JSON.parse(first.stdout).search).toEqual(space);
    writeFileSync(at('again.json'), first.stdout);
    expect((await ntInside('config', 'optimize', '--config', at('again.json'))).stdout).toBe(first.stdout);
  });

  it('comes to the leaderboard of the flags', async () => {
    const small = ['--horizon', '2', '--variant', 'paper', '--n-stacks', '1', '--hidden-size', '3', '--quiet'];
    const words = ['optimize', '-d', at('births.csv'), ...small, '--trials', '2', '--max-updates', '2', '--json'];
    const searched = ['lr=1e-4..1e-1,log', 'input-size=4|7', 'loss=mae|huber:delta=2'];
    writeFileSync(at('told.json'), JSON.stringify({ search: searched }));
    const flags = await ntInside(...words, ...searched.flatMap((text) => ['--search', text]), '-o', at('flags'));
    const told = await ntInside(...words, '--config', at('told.json'), '-o', at('told'));
    const pointsOf = ({ code, stdout }: NtResult): unknown => [code, JSON.parse(stdout).leaderboard.map(plain)];
    const plain = ({ point, score }: Record<string, unknown>): unknown => ({ point, score });
    expect(pointsOf(told)).toEqual(pointsOf(flags));
  });

  it.each([
    [{ search: 'lr' }, /search: expected match pattern|search: expected/],
    [{ search: { lrr: [1, 2] } }, /--config .*space\.json: search: Expected NAME=VALUES, NAME one of/],
    [{ search: { valSplit: [0.1, 0.2] } }, /search: Expected NAME=VALUES, NAME one of/],
    [{ valSplit: 0.1 }, /there is no option 'valSplit'/],
  ])('%j is refused', async (content, message) => {
    writeFileSync(at('space.json'), JSON.stringify(content));
    const { code, stderr } = await ntInside('optimize', '-d', at('births.csv'), '--config', at('space.json'));
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it.each([
    ['--config', 'space.json'],
    ['--set', 'horizon=3'],
  ])('%s beside --resume is refused', async (flag, value) => {
    const { code, stderr } = await ntInside('optimize', '--resume', at('flags'), flag, value);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${flag}: a search goes on as it was begun`)]);
  });
});
