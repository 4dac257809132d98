import { spawnSync } from 'node:child_process';
import { beforeAll, expect, inject, it } from 'vitest';
import { temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const [, ...network] = tiny;
const blend = ['-d', 'births.csv', '--target', 'births', '--horizon', '2', '--preset', 'fast', '--max-updates', '3'];

const search = [
  '-d',
  'births.csv',
  '--target',
  'births',
  '--horizon',
  '2',
  '--search',
  'lr=0.001|0.01',
  '--trials',
  '2',
  '--max-updates',
  '3',
];

/** The bundled command as a person at a terminal has it: there it draws, with packages that are loaded for that alone. */
function atTerminal(...words: string[]): { readonly status: number | null; readonly stderr: string } {
  const isTerminal = 'data:text/javascript,Object.assign(process.stderr, { isTTY: true, columns: 60 })';
  const { status, stderr } = spawnSync(process.execPath, ['--import', isTerminal, inject('nt'), ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NT_THREADS: '1' },
  });
  return { status, stderr };
}

beforeAll(() => writeBirths(folder, 60));

it.each<[string, readonly string[], RegExp]>([
  ['a network with a bar', ['train', ...network, '-o', 'model'], / windows\/s · loss [\s\S]*┤/],
  ['a blend', ['train', ...blend, '-o', 'blend'], /model written to blend/],
  ['a forecast', ['forecast', '-m', 'model', '-o', 'f.csv'], /━ births/],
  ['a comparison', ['evaluate', '-m', 'model'], /━ nhits/],
  ['a backtest', ['backtest', ...network, '--folds', '2', '--test-size', '4'], /fold 2 of 2/],
  [
    'a backtest in processes of its own',
    ['backtest', ...network, '--folds', '2', '--test-size', '4', '--jobs', '2', '-o', 'jobs'],
    /written to jobs/,
  ],
  ['a search', ['optimize', ...search], /lr 0\.0/],
])('%s', (_, words, drawn) => {
  expect(atTerminal(...words)).toEqual({ status: 0, stderr: expect.stringMatching(drawn) });
});
