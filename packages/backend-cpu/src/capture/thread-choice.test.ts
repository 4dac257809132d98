import { afterEach, expect, it, vi } from 'vitest';
import type { CommandRunner } from '../pool/command-runner.ts';
import { ThreadChoice } from './thread-choice.ts';

afterEach(() => vi.restoreAllMocks());

/** Repetitions by lane, of a runner on which they take so long; a clock of its own stands for the machine. */
function lanesOf(takes: { alone: number; together: number }, threads = 2, work = 1000): string {
  let [now, isAlone, lanes] = [0, false, ''];
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const alone = (hand: () => void): void => {
    isAlone = true;
    hand();
    isAlone = false;
  };
  const choice = new ThreadChoice({ threads, alone, finish: () => {} } as CommandRunner, work);
  for (let i = 0; i < 14; i++)
    choice.run(() => {
      lanes += isAlone ? 'a' : 't';
      now += isAlone ? takes.alone : takes.together;
    });
  return lanes;
}

it.each([
  ['alone where that is quicker', { alone: 1, together: 2 }, 2, 1000, 'tatatataaaaaaa'],
  ['together where that is quicker', { alone: 2, together: 1 }, 2, 1000, 'tatatatatttttt'],
  ['together at par, since JavaScript goes on meanwhile', { alone: 1, together: 1 }, 2, 1000, 'tatatatatttttt'],
  ['much work is never tried alone', { alone: 1, together: 2 }, 2, 2 ** 25, 'tttttttttttttt'],
  ['one thread has no choice', { alone: 1, together: 2 }, 1, 1000, 'tttttttttttttt'],
])('%s', (_, takes, threads, work, lanes) => {
  expect(lanesOf(takes, threads, work)).toBe(lanes);
});
