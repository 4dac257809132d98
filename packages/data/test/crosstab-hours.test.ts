import { describe, expect, it } from 'vitest';
import { timeAt, writeTime } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { days, hours, readTwice } from './support/crosstab-files.ts';
import { readText } from './support/read-text.ts';

type Cell = (day: string, hour: number) => string | number;
/** Days around a change of the clock, and what stands in each of their columns. */
const table = (names: readonly string[], from: string, cell: Cell): string =>
  `Date,${names.join()}\n${days(9, from)
    .map((day) => `${day},${names.map((_, at) => cell(day, at)).join()}`)
    .join('\n')}\n`;
const spring = '2024-03-31';
const autumn = '2024-10-27';
const plain = hours((hour) => hour + 1);
const split = ['1', '2', '3A', '3B', ...plain.slice(3)];
const starred = ['01', '02', '02*', ...plain.slice(2)];
const zoned = { timezone: 'Europe/Berlin' };
/** Nord Pool: 3A is empty in spring, 3B anywhere but in autumn. */
const nordPool: Cell = (day, at) => {
  if (at === 3) return day === autumn ? 99 : '';
  return at === 2 && day === spring ? '' : at;
};

describe('days on which clocks change', () => {
  it.each([
    ['3A and 3B in spring', table(split, '2024-03-28', nordPool), 9 * 24 - 1],
    ['3A and 3B in autumn', table(split, '2024-10-24', nordPool), 9 * 24 + 1],
    [
      'clocks in spring',
      table(
        hours((hour) => `${hour}:00`),
        '2024-03-28',
        (day, at) => (at === 2 && day === spring ? '' : at),
      ),
      9 * 24 - 1,
    ],
    [
      'numbers by the clock in spring',
      table(plain, '2024-03-28', (day, at) => (at === 2 && day === spring ? '' : at)),
      9 * 24 - 1,
    ],
    [
      'numbers counted on in spring',
      table(plain, '2024-03-28', (day, at) => (at === 23 && day === spring ? '' : at)),
      9 * 24 - 1,
    ],
    [
      'numbers counted to 25 in autumn',
      table([...plain, '25'], '2024-10-24', (day, at) => (at === 24 && day !== autumn ? '' : at)),
      9 * 24 + 1,
    ],
    [
      'half hours counted to 50',
      table(
        Array.from({ length: 50 }, (_, k) => `SP${k + 1}`),
        '2024-10-24',
        (day, at) => (at > 47 && day !== autumn ? '' : at),
      ),
      9 * 48 + 2,
    ],
  ])('have no gap in their zone: %s', async (_, text, steps) => {
    const set = await readTwice(text, zoned);
    expect([set.report.timeSteps, set.report.gaps, set.reading.timezone]).toEqual([steps, null, 'Europe/Berlin']);
  });

  it('2 and 2* where the hour that ends at 2 occurs twice', async () => {
    const text = table(starred, '2024-10-31', (day, at) => (at === 2 && day !== '2024-11-03' ? '' : at));
    const set = await readTwice(text, { timezone: 'America/Edmonton' });
    expect([set.report.timeSteps, writeTime(set, timeAt(set, 0, 74)), set.values[74]]).toEqual([
      217,
      '2024-11-03 01:00-07:00',
      2,
    ]);
  });

  it('the hour behind the change is the one that the table means', async () => {
    const at = (text: string) =>
      readText(text, zoned).then((set) => (step: number) => [writeTime(set, timeAt(set, 0, step)), set.values[step]]);
    const [autumnStep, springStep] = [3 * 24 + 3, 3 * 24 + 2];
    const split3 = await at(table(split, '2024-10-24', nordPool));
    expect([split3(autumnStep - 1), split3(autumnStep)]).toEqual([
      [`${autumn} 02:00+02:00`, 2],
      [`${autumn} 02:00+01:00`, 99],
    ]);
    const clock = await at(table(plain, '2024-03-28', (day, hour) => (hour === 2 && day === spring ? '' : hour)));
    expect(clock(springStep)).toEqual([`${spring} 03:00+02:00`, 3]);
    const counted = await at(table(plain, '2024-03-28', (day, hour) => (hour === 23 && day === spring ? '' : hour)));
    expect(counted(springStep)).toEqual([`${spring} 03:00+02:00`, 2]);
  });

  it('hours in rows beside columns of days', async () => {
    const dates = days(5, '2024-10-25');
    const rows = [...plain, '25'].map((hour, at) =>
      [hour, ...dates.map((day) => (at === 24 && day !== autumn ? '' : at))].join(),
    );
    expect((await readTwice(`Hour,${dates.join()}\n${rows.join('\n')}\n`, zoned)).report.timeSteps).toBe(5 * 24 + 1);
  });

  it.each([
    [
      'a second hour',
      table(split, '2024-10-24', nordPool),
      {},
      /line 5, column '3B': a value in an hour that 2024-10-27 has only where .* pass timezone: /,
    ],
    [
      'a 25th hour',
      table([...plain, '25'], '2024-10-24', (day, at) => (at === 24 && day !== autumn ? '' : at)),
      {},
      /line 5, column '25'/,
    ],
    [
      'a day without an hour',
      table(plain, '2024-03-28', (day, at) => (at === 2 && day === spring ? '' : at)),
      {},
      /line 5, column '3': one hour of 2024-03-31, a Sunday, .* pass timezone: .* or missing: /,
    ],
    [
      'an hour that the zone does not have',
      table(plain, '2024-03-28', (_, at) => at),
      zoned,
      /line 5, column '3': .* does not have in Europe\/Berlin.*timezone: '\+01:00'/,
    ],
  ])('are an error with line, column and the zone to pass: %s', async (_, text, options, message) => {
    const error = await errorOf(() => readText(text, options));
    expect([error.code, error.message]).toEqual(['data/local-time', expect.stringMatching(message)]);
    expect(error.remedies.map(({ option }) => option)).toContain('timezone');
  });

  it('standard time all year needs no zone, or an offset', async () => {
    const text = table(plain, '2024-03-28', (_, at) => at);
    expect((await readTwice(text)).report.timeSteps).toBe(9 * 24);
    expect((await readTwice(text, { timezone: '+01:00' })).report.timeSteps).toBe(9 * 24);
  });

  it('an hour that is missing on a Sunday can be told to be so', async () => {
    const text = table(plain, '2024-03-28', (day, at) => (at === 2 && day === spring ? '' : at));
    expect((await readTwice(text, { missing: 'linear' })).values[3 * 24 + 2]).toBe(2);
    const monday = table(plain, '2024-03-28', (day, at) => (at === 2 && day === '2024-04-01' ? '' : at));
    expect((await errorOf(() => readText(monday))).code).toBe('data/missing-value');
  });

  it('dates of a country keep their spelling, with a clock', async () => {
    const text = `Datum;${plain.map((hour) => `H${hour}`).join(';')}\n${['30.03.2024', '31.03.2024', '01.04.2024'].map((day) => `${day};${plain.map((hour) => (day.startsWith('31') && hour === '3' ? '' : `${hour},5`)).join(';')}`).join('\n')}\n`;
    const { remedies } = await errorOf(() => readText(text, zoned));
    expect(remedies[0]).toEqual({ option: 'timeFormat', values: ['%d.%m.%Y'] });
    const set = await readTwice(text, { ...zoned, timeFormat: '%d.%m.%Y' });
    expect([writeTime(set, timeAt(set, 0, 26)), set.values[0]]).toEqual(['31.03.2024 03:00+02:00', 1.5]);
  });
});
