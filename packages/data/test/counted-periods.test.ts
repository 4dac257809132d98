import { describe, expect, it } from 'vitest';
import { readRows, timeAt } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { readText } from './support/read-text.ts';

const hour = 3_600_000;
/** Eight days around a change of the clocks, each with its periods counted from 1. */
function settlement(
  from: string,
  perHour: number,
  odd: Readonly<Record<string, number>>,
  name = 'period',
  spell = (date: string) => date,
): string {
  const rows = Array.from({ length: 8 }, (_, k) =>
    new Date(Date.parse(from) + 24 * hour * k).toISOString().slice(0, 10),
  ).flatMap((date) => Array.from({ length: perHour * (odd[date] ?? 24) }, (_, k) => `${spell(date)},${k + 1}`));
  return `date,${name},mw\n${rows.map((row, k) => `${row},${k}`).join('\n')}\n`;
}
const rowsOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .map(([date, period, mw]) => ({ date, period, mw: Number(mw) }));

describe('periods that are counted through a day', () => {
  it.each([
    ['hours, 25 of them', 1, 'America/New_York', '2024-10-28', { '2024-11-03': 25 }, '2024-10-28T05:00Z'],
    ['hours, 23 of them', 1, 'America/New_York', '2024-03-06', { '2024-03-10': 23 }, '2024-03-06T06:00Z'],
    ['half hours, 50 of them', 2, 'Europe/London', '2024-10-24', { '2024-10-27': 25 }, '2024-10-23T23:00Z'],
    ['half hours, 46 of them', 2, 'Europe/London', '2024-03-28', { '2024-03-31': 23 }, '2024-03-28T00:00Z'],
    ['quarters, 100 of them', 4, 'Europe/Berlin', '2024-10-24', { '2024-10-27': 25 }, '2024-10-23T22:00Z'],
    ['five minutes', 12, 'Australia/Sydney', '2024-06-24', {}, '2024-06-23T14:00Z'],
  ] as const)('%s', async (_, perHour, timezone, from, odd, first) => {
    const text = settlement(from, perHour, odd);
    const options = { time: ['date', 'period'], target: 'mw', timezone } as const;
    const set = await readText(text, options);
    const steps = set.values.length;
    expect(new Date(timeAt(set, 0, 0)).toISOString()).toBe(first.replace('Z', ':00.000Z'));
    expect(timeAt(set, 0, steps - 1) - timeAt(set, 0, 0)).toBe(((steps - 1) * hour) / perHour);
    expect(set.report.notices.join()).toMatch(/column 'period' counts the .*: 1 is read as/);
    expect((await readRows(rowsOf(text), options)).starts).toEqual(set.starts);
  });

  it('with a format of the dates', async () => {
    const text = settlement('2024-06-24', 2, {}, 'period', (date) => date.split('-').reverse().join('/'));
    const set = await readText(text, { time: ['date', 'period'], target: 'mw', timeFormat: '%d/%m/%Y' });
    expect([timeAt(set, 0, 0), set.report.frequency]).toEqual([Date.UTC(2024, 5, 24), '30 minutes']);
  });

  it('a longer day asks for the zone, a shorter one too', async () => {
    const time = ['date', 'period'];
    const long = await errorOf(() =>
      readText(settlement('2024-10-24', 2, { '2024-10-27': 25 }), { time, target: 'mw' }),
    );
    expect(long.message).toMatch(/"2024-10-27 49 of 48"/);
    expect(long.remedies[0]?.option).toBe('timezone');
    const short = await errorOf(() =>
      readText(settlement('2024-03-06', 1, { '2024-03-10': 23 }), { time, target: 'mw' }),
    );
    expect(short.remedies[0]?.option).toBe('timezone');
  });

  it('hours of a clock that is put forward are not counted', async () => {
    const text = settlement('2024-03-06', 1, {});
    const skipping = text.replace('2024-03-10,3,98\n', '');
    const error = await errorOf(() =>
      readText(skipping, { time: ['date', 'period'], target: 'mw', timezone: 'America/New_York' }),
    );
    expect(error.message).toMatch(/"2024-03-10 24 of 23" .*that day has fewer/);
  });

  it.each([
    ['year,week', 48, 'week'],
    ['year,week', 50, 'week'],
    ['year,day', 96, 'day'],
    ['year,day', 288, 'day'],
  ])('%s to %i are no periods of a day', async (names, count, frequency) => {
    const rows = Array.from({ length: count }, (_, k) => `2024,${k + 1},${k}`);
    const set = await readText(`${names},y\n${rows.join('\n')}\n`, { time: names.split(','), target: 'y' });
    expect(set.report.frequency).toBe(frequency);
  });
});
