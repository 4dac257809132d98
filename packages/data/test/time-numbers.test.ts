import { describe, expect, it } from 'vitest';
import { readRows } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { readText } from './support/read-text.ts';

describe('times that are numbers', () => {
  const file = (times: readonly (number | string)[]) =>
    `ds,y\n${times.map((time, row) => `${time},${row}`).join('\n')}\n`;

  it.each([
    ['seconds', [1_704_067_200, 1_704_070_800], '2024-01-01T00:00:00.000Z', 'hour'],
    ['milliseconds, as floats', ['1704067200000.0', '1704070800000.0'], '2024-01-01T00:00:00.000Z', 'hour'],
    ['microseconds', ['1704067200000000', '1704070800000000'], '2024-01-01T00:00:00.000Z', 'hour'],
    ['nanoseconds', ['1704067200000000000', '1704070800000000000'], '2024-01-01T00:00:00.000Z', 'hour'],
    ['an exact number with an exponent', ['1.7040672e+09', '1.7040708e+09'], '2024-01-01T00:00:00.000Z', 'hour'],
    ['days in digits', [20_240_101, 20_240_102], '2024-01-01T00:00:00.000Z', 'day'],
    ['years', [1860, 1861], '1860-01-01T00:00:00.000Z', 'year'],
  ])('%s are read', async (_, times, start, frequency) => {
    const set = await readText(file(times));
    expect([new Date(set.starts[0]!).toISOString(), set.report.frequency]).toEqual([start, frequency]);
    const rows = await readRows(times.map((ds, y) => ({ ds, y })));
    expect([rows.starts, rows.report.frequency]).toEqual([set.starts, frequency]);
  });

  it.each([
    [
      'counted steps',
      [1, 2, 3],
      [
        ['time', [false]],
        ['timeUnit', ['s']],
      ],
    ],
    [
      'counted steps from 0',
      [0, 1, 2],
      [
        ['time', [false]],
        ['timeUnit', ['s']],
      ],
    ],
    [
      'counted steps around years',
      [999, 1000, 1001],
      [
        ['time', [false]],
        ['timeUnit', ['s']],
      ],
    ],
    [
      'serial dates',
      [45_292, 45_293],
      [
        ['timeUnit', ['excel']],
        ['time', [false]],
      ],
    ],
    [
      'serial dates with a clock',
      [45_292.5, 45_292.75],
      [
        ['timeUnit', ['excel']],
        ['time', [false]],
      ],
    ],
    [
      'year and month in digits',
      [202_401, 202_402],
      [
        ['timeFormat', ['%Y%m']],
        ['timeUnit', ['s']],
      ],
    ],
    [
      'date and hour in digits',
      [2_024_010_100, 2_024_010_101],
      [
        ['timeFormat', ['%Y%m%d%H']],
        ['timeUnit', ['s']],
      ],
    ],
    [
      'date and clock in digits',
      [202_401_010_000, 202_401_010_100],
      [
        ['timeFormat', ['%Y%m%d%H%M']],
        ['timeUnit', ['ms']],
      ],
    ],
    [
      'date, clock and seconds',
      ['20240101000000', '20240101000100'],
      [
        ['timeFormat', ['%Y%m%d%H%M%S']],
        ['timeUnit', ['ms']],
      ],
    ],
    [
      'seconds of long ago',
      [-1_000_000_000, -999_996_400],
      [
        ['time', [false]],
        ['timeUnit', ['s']],
      ],
    ],
  ])('%s never become times since 1970 in silence', async (_, times, remedies) => {
    const found = (error: Awaited<ReturnType<typeof errorOf>>) =>
      error.remedies.map(({ option, values }) => [option, [...values]]);
    const error = await errorOf(() => readText(file(times)));
    expect([error.code, found(error)]).toEqual(['data/time-range', remedies]);
    const ofRows = await errorOf(() => readRows(times.map((ds, y) => ({ ds: Number(ds), y }))));
    expect([ofRows.code, found(ofRows)]).toEqual(['data/time-range', remedies]);
    // What is advised reads the file.
    for (const { option, values } of error.remedies)
      await readText(file(times), { [option]: values[0], frequency: 'hour', gaps: 'rowOrder' });
  });

  it('serial dates are read when told, without a zone', async () => {
    const set = await readText('ds;y\n45292,5;1\n45292,75;2\n', { timeUnit: 'excel', timezone: 'Europe/Berlin' });
    expect(new Date(set.starts[0]!).toISOString()).toBe('2024-01-01T11:00:00.000Z');
    const hours = Array.from({ length: 30 }, (_, hour) => 45_292 + hour / 24);
    expect((await readText(file(hours), { timeUnit: 'excel' })).report.frequency).toBe('hour');
  });

  it('a unit that changes is named by line', async () => {
    // The first rows show the unit of the larger numbers; behind them the line of the change is named.
    const seconds = Array.from({ length: 300 }, (_, hour) => 1_577_836_800 + hour * 3600);
    const changed = [...seconds, 1_577_836_800_000 + 300 * 3_600_000];
    const error = await errorOf(() => readText(file(changed)));
    expect([error.details.line, error.message]).toEqual([302, expect.stringMatching(/seems to be ms .* read as s/)]);
  });

  const from2020 = (count: number, first: number, factor: number) =>
    Array.from({ length: count }, (_, hour) => (1_577_836_800 + (first + hour) * 3600) * factor);

  it.each([
    ['s', 'ms', [...from2020(1, 0, 1), ...from2020(1, 1, 1000)], 2],
    ['ms', 's', [...from2020(1, 0, 1000), ...from2020(1, 1, 1)], 2],
    ['s', 'ms', [...from2020(90, 0, 1), ...from2020(30, 90, 1000)], 91],
    ['ms', 's', [...from2020(90, 0, 1000), ...from2020(30, 90, 1)], 91],
    ['ms', 'us', [...from2020(20, 0, 1000), ...from2020(300, 20, 1e6)], 21],
  ] as const)(
    'from %s to %s: the first row of the other unit is named, and leaving rows out is no way',
    async (from, to, times, row) => {
      const read = [() => readText(file(times)), () => readRows(times.map((ds, y) => ({ ds, y })))];
      const errors = await Promise.all(read.map((one) => errorOf(one)));
      expect(errors.map(({ details }) => details.line ?? details.row)).toEqual([row + 1, row]);
      for (const { code, message } of errors) {
        expect(code).toBe('data/time-range');
        expect(message).toMatch(new RegExp(`seems to be ${to} since 1970, .* read as ${from}: write all in one unit`));
        expect(message).not.toMatch(/badRows/);
      }
    },
  );

  it('milliseconds from 1960 to now are read, through the years around 1970 in which they are small', async () => {
    const months = Array.from({ length: 780 }, (_, month) => Date.UTC(1960, month, 1));
    const set = await readText(file(months));
    expect([set.starts[0], set.report.frequency, set.report.lastTime]).toEqual([
      Date.UTC(1960, 0, 1),
      'month',
      '2024-12-01',
    ]);
    expect((await readRows(months.map((ds, y) => ({ ds, y })))).starts).toEqual(set.starts);
  });

  it('times with an exponent that have lost their digits are refused', async () => {
    const error = await errorOf(() => readText(file(['1.70407e+12', '1.70407e+12'])));
    expect([error.details.line, error.message]).toEqual([2, expect.stringMatching(/has lost its digits/)]);
  });
});
