import { describe, expect, it } from 'vitest';
import { readRows, timeAt } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { timesCsv } from './support/dates.ts';
import { readText } from './support/read-text.ts';

describe('a time that cannot be read untold', () => {
  it.each([
    ['quarters with short years', ['Q3/22', 'Q4/22', 'Q1/23'], '2022-07-01'],
    ['quarters in front', ['3Q22', '4Q22', '1Q23'], '2022-07-01'],
    ['fiscal years', ['FY2021', 'FY2022', 'FY2023'], '2021-01-01'],
    ['days that pandas made floats', ['20230101.0', '20230102.0', '20230103.0'], '2023-01-01'],
    ['months that pandas made floats', ['202301.0', '202302.0', '202303.0'], '2023-01-01'],
    ['days with an offset', ['2023-01-02+01:00', '2023-01-03+01:00', '2023-01-04+01:00'], '2023-01-01'],
    ['hours with an h', ['2023-01-02 10h00', '2023-01-02 11h00', '2023-01-02 12h00'], '2023-01-02'],
    ['French days and hours', ['13/01/2023 10h00', '13/01/2023 11h00', '13/01/2023 12h00'], '2023-01-13'],
    ['clocks with points', ['13.01.2023 10.00', '13.01.2023 11.00', '13.01.2023 12.00'], '2023-01-13'],
    [
      'periods of a grid',
      [
        '13.01.2024 00:00 - 13.01.2024 01:00',
        '13.01.2024 01:00 - 13.01.2024 02:00',
        '13.01.2024 02:00 - 13.01.2024 03:00',
      ],
      '2024-01-13',
    ],
    ['Trader Workstation', ['20240101-00:00:00', '20240101-01:00:00', '20240101-02:00:00'], '2024-01-01'],
    ['hours as 12-AM', ['2024-01-01 12-AM', '2024-01-01 01-AM', '2024-01-01 02-AM'], '2024-01-01'],
    [
      'what ctime writes',
      ['Mon Jan 01 00:00:00 2024', 'Mon Jan 01 01:00:00 2024', 'Mon Jan 01 02:00:00 2024'],
      '2024-01-01',
    ],
    ['Chinese dates', ['2024年1月1日', '2024年1月2日', '2024年1月3日'], '2024-01-01'],
    ['Korean dates', ['2024년 1월 1일', '2024년 1월 2일', '2024년 1월 3일'], '2024-01-01'],
    ['Hungarian dates', ['2024. 01. 01.', '2024. 01. 02.', '2024. 01. 03.'], '2024-01-01'],
    ['weeks in words', ['2024 Week 1', '2024 Week 2', '2024 Week 3'], '2024-01-01'],
    ['German weeks', ['KW 01/2024', 'KW 02/2024', 'KW 03/2024'], '2024-01-01'],
    ['years that pandas made floats', ['2021.0', '2022.0', '2023.0'], '2021-01-01'],
  ])('is told with its format, which then reads it: %s', async (_, times, first) => {
    const error = await errorOf(() => readText(timesCsv(times)));
    const [remedy] = error.remedies;
    expect(remedy?.option).toBe('timeFormat');
    const set = await readText(timesCsv(times), { timeFormat: remedy!.values[0] as string });
    expect(new Date(timeAt(set, 0, 0)).toISOString().slice(0, 10)).toBe(first);
    expect(set.times).toBeNull();
  });

  it.each([
    ['2023-01-02 22:00-23:00', /a period; write the time at which it begins/],
    ['from 2023-01-02 to 2023-01-03', /a period/],
    ['="2023-01-02"', /a formula of a spreadsheet; write its value/],
    ['2023-01-02 25:00', /expected for example|a day has 24 hours/],
    ['2. tammikuuta 2023', /'tammikuuta' is not known/],
  ])('what it is instead is said: %s', async (time, said) => {
    const error = await errorOf(() => readText(`ds;y\n${[time, time].join(';1\n')};1\n`, { time: 'ds' }));
    expect(error.message).toMatch(said);
  });

  it('spans of two years are not months, 13 of them apart', async () => {
    const times = ['2000/01', '2001/02', '2002/03', '2003/04', '2004/05'];
    const error = await errorOf(() => readText(timesCsv(times)));
    expect(error.message).toMatch(
      /13 months apart \(2000\/01, 2001\/02\): if they are spans of two years, write the first/,
    );
    expect((await readText(timesCsv(times), { frequency: '13 months' })).report.frequency).toBe('13 months');
  });

  it.each([
    ['seconds, then milliseconds', [1_672_531_200, 1_672_534_800, 1_672_538_400_000, 1_672_542_000_000], 3],
    ['milliseconds, then seconds', [1_672_531_200_000, 1_672_534_800_000, 1_672_538_400], 3],
    ['milliseconds, then microseconds', [1_672_531_200_000, 1_672_534_800_000_000], 2],
  ])('the row at which a unit changes is named: %s', async (_, times, row) => {
    const error = await errorOf(() => readText(timesCsv(times.map(String))));
    expect([error.code, error.details.line]).toEqual(['data/time-range', row + 1]);
    const loose = await errorOf(() => readRows(times.map((ds, y) => ({ ds, y }))));
    expect([loose.code, loose.details.row]).toEqual(['data/time-range', row]);
  });

  it('a date among numbers is told apart from what is none', async () => {
    const error = await errorOf(() => readText(timesCsv(['1672531200', '1672534800', '2023-01-01T02:00Z'])));
    expect(error.message).toMatch(
      /"2023-01-01T02:00Z" is not a date or time like the others of its column, which are num/,
    );
  });

  it('numbers of half hours without a whole day ask for their clock times, hours that end are read', async () => {
    const periods = Array.from({ length: 30 }, (_, k) => `2023-01-01,${k + 1},${k}`);
    const options = { time: ['date', 'period'], target: 'y' };
    const error = await errorOf(() => readText(`date,period,y\n${periods.join('\n')}\n`, options));
    expect(error.message).toMatch(/a day has 24 hours; write the clock time of a period/);
    const set = await readText('date,period,y\n2023-01-01,HE23,1\n2023-01-01,HE24,2\n2023-01-02,HE01,3\n', options);
    expect([set.report.frequency, new Date(timeAt(set, 0, 0)).toISOString()]).toEqual([
      'hour',
      '2023-01-01T23:00:00.000Z',
    ]);
  });
});

describe('a file of another form', () => {
  it('dates with a comma that are not quoted', async () => {
    const rows = [1, 2, 3].map((day) => `${new Date(Date.UTC(2023, 0, day)).toUTCString()},${day}`);
    const error = await errorOf(() => readText(`date,sales\n${rows.join('\n')}\n`));
    expect(error.message).toMatch(
      /line 2: expected 2 fields, found 3: "Sun, ?01 Jan.*put values that contain ',' in quotes/,
    );
  });
});
