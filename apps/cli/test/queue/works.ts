import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tiny } from '../run-nt.ts';

/** A backtest of some seconds. */
export const backtestWords = (folds: number): readonly string[] => [
  ...['backtest', ...tiny.slice(1), '--folds', String(folds), '--test-size', '4'],
];

/** A search of some seconds. */
export const searchWords = (trials: number): readonly string[] => [
  ...['optimize', '-d', 'births.csv', '--target', 'births', '--horizon', '2', '--variant', 'paper', '--n-stacks', '1'],
  ...['--search', 'lr=1e-4..1e-1,log', '--search', 'input-size=4|7', '--search', 'hidden-size=3..6'],
  ...['--trials', String(trials), '--min-updates', '10', '--max-updates', '90', '--patience', '0'],
];

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Of all that a backtest comes to. */
export const backtestHash = (folder: string): string =>
  hash(['report.json', 'forecasts.csv'].map((name) => readFileSync(join(folder, name), 'utf8')).join());

/** Of all that a search comes to but the seconds that it took. */
export const searchHash = (folder: string): string => {
  const text = readFileSync(join(folder, 'leaderboard.json'), 'utf8');
  return hash(JSON.stringify(JSON.parse(text, (key, value) => (key === 'seconds' ? null : value))));
};
