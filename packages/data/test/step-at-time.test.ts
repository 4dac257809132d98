import { expect, it } from 'vitest';
import { stepAtTime } from '../src/index.ts';
import { monthly, timesCsv } from './support/dates.ts';
import { readText } from './support/read-text.ts';

it('the step of a time is the first that is not before it', async () => {
  const set = await readText(timesCsv(monthly(2020 * 12, 12, (days) => days.at(-1)!)));
  const at = (text: string) => stepAtTime(set, 0, Date.parse(text));
  expect([at('2019-01-01'), at('2020-02-29'), at('2020-03-01'), at('2020-12-31'), at('2021-01-01')]).toEqual([
    0, 1, 2, 11, 12,
  ]);
});
