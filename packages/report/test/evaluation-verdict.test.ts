import type { Evaluation, Skill } from '@nt/forecast';
import { expect, it } from 'vitest';
import { evaluationVerdict } from '../src/words/index.ts';

const row = (method: string, mae: number) => ({ method, mae }) as Evaluation['rows'][number];
const rows = [row('net', 300), row('naive', 250)];
const about: Skill = {
  method: 'net',
  against: 'naive',
  skill: 0.4,
  interval: [0.3, 0.5],
  pValue: 1e-5,
  verdict: 'better',
  note: null,
};
const certainty = '95 % interval of the skill 30.0 % to 50.0 %; Diebold–Mariano p < 0.001';
const naive = 'naive, the best of the naive forecasts';

it('of several series, whose MAEs a large one decides, the sentence is of what the test is about', () => {
  expect(evaluationVerdict({ rows, series: 2, skill: about })).toBe(
    `net has 40.0 % less error (MAE by the scale of each series) than ${naive} (${certainty}).`,
  );
  const worse: Skill = { ...about, skill: -0.4, interval: [-0.5, -0.3], verdict: 'worse' };
  expect(evaluationVerdict({ rows: [row('net', 200), rows[1]!], series: 2, skill: worse })).toMatch(
    `net does not beat ${naive} (40.0 % more error in MAE by the scale of each series; 95 % interval`,
  );
});

it('of one series it is of the MAE', () => {
  const one = [row('net', 150), rows[1]!];
  expect(evaluationVerdict({ rows: one, series: 1, skill: about })).toBe(
    `net has 40.0 % less error (MAE) than ${naive} (${certainty}).`,
  );
});
