import { expect, it } from 'vitest';
import { ntInside } from './run-inside.ts';

const verbs = [
  'train',
  'evaluate',
  'forecast',
  'backtest',
  'optimize',
  'leakcheck',
  'resume',
  'info',
  'convert',
  'export',
  'config',
  'completions',
  'mcp',
  'bench',
  'doctor',
];

it.each([[], ...verbs.map((verb) => [verb])])('the help of nt %s is the golden one', async (...words) => {
  const { code, stdout, stderr } = await ntInside(...words, '--help');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.split('\n').filter((line) => line.length > 80 && !line.includes('http'))).toEqual([]);
  await expect(stdout).toMatchFileSnapshot(`golden/help-${['nt', ...words].join('-')}.txt`);
});
