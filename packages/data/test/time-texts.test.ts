import { describe, expect, it } from 'vitest';
import { readRows } from '../src/index.ts';
import { compileTimeFormat } from '../src/time/parse-formatted-time.ts';
import { parseTime } from '../src/time/parse-plain-time.ts';
import { errorOf } from './support/bytes.ts';
import { readText } from './support/read-text.ts';

function read(text: string): [time: string | null, offset: number | null] {
  const reading = { hasZone: false, offset: 0, droppedDigits: false };
  const time = parseTime(text, reading);
  return [Number.isNaN(time) ? null : new Date(time).toISOString(), reading.hasZone ? reading.offset : null];
}

describe('forms of time with one meaning', () => {
  it.each([
    ['2024/1/2', '2024-01-02T00:00:00.000Z', null],
    ['2024-1-2 5:03', '2024-01-02T05:03:00.000Z', null],
    ['2024.01.02', '2024-01-02T00:00:00.000Z', null],
    ['2024.01.02 13:05:06', '2024-01-02T13:05:06.000Z', null],
    ['2024-01-01T05:30', '2024-01-01T05:30:00.000Z', null],
    ['2024-01-01T05', '2024-01-01T05:00:00.000Z', null],
    ['20240102T053000Z', '2024-01-02T05:30:00.000Z', 0],
    ['20240102 0530', '2024-01-02T05:30:00.000Z', null],
    ['2024-01-01 01:30 PM', '2024-01-01T13:30:00.000Z', null],
    ['2024-01-01 12:00 am', '2024-01-01T00:00:00.000Z', null],
    ['2024-01-01 12:00:01.5 p.m.', '2024-01-01T12:00:01.500Z', null],
    ['2024-01-01\u202f1:30\u202fPM', '2024-01-01T13:30:00.000Z', null],
    ['Jan 02, 2023', '2023-01-02T00:00:00.000Z', null],
    ['january 2 2023 4:05 pm', '2023-01-02T16:05:00.000Z', null],
    ['02-Jan-2023', '2023-01-02T00:00:00.000Z', null],
    ['2 Sept. 2023', '2023-09-02T00:00:00.000Z', null],
    ['02JAN2023', '2023-01-02T00:00:00.000Z', null],
    ['2023-Jan-02', '2023-01-02T00:00:00.000Z', null],
    ['May 2023', '2023-05-01T00:00:00.000Z', null],
    ['Mon, 02 Jan 2023 10:00:00 GMT', '2023-01-02T10:00:00.000Z', 0],
    ['02/Jan/2023:10:00:00 +0200', '2023-01-02T08:00:00.000Z', 120],
    ['2024-01-01 00:00:00 UTC', '2024-01-01T00:00:00.000Z', 0],
    ['2024-01-01T00:00:00+01:00[Europe/Paris]', '2023-12-31T23:00:00.000Z', 60],
    ['2024-01-01 00:00:00-0330', '2024-01-01T03:30:00.000Z', -210],
    ['1990Q3', '1990-07-01T00:00:00.000Z', null],
    ['1990-Q4', '1990-10-01T00:00:00.000Z', null],
    ['Q1 1990', '1990-01-01T00:00:00.000Z', null],
    ['2012-S2', '2012-07-01T00:00:00.000Z', null],
    ['2012M07', '2012-07-01T00:00:00.000Z', null],
    ['2019-W02', '2019-01-07T00:00:00.000Z', null],
    ['2019W01', '2018-12-31T00:00:00.000Z', null],
    ['2020-W53-7', '2021-01-03T00:00:00.000Z', null],
    ['2024-060', '2024-02-29T00:00:00.000Z', null],
    ['1860', '1860-01-01T00:00:00.000Z', null],
    ['20240229', '2024-02-29T00:00:00.000Z', null],
  ])('%s', (text, time, offset) => {
    expect(read(text)).toEqual([time, offset]);
  });

  it.each([
    '01/02/2024',
    '13.01.2024',
    '02-Jan-23',
    'Jan-23',
    '2024-02-30',
    '20240230',
    '2023-366',
    '2021-W53',
    '1990Q5',
    '2012M13',
    '2024-01-01 13:30 PM',
    '2024-01-01 25:00',
    '2024-01-01 10-30',
    '2024-01-01 1:00 PM -30:00',
    '2024-01-01 00:00 CEST',
    'Jan 2024 05',
    '2024-01 05',
    '2024.5',
    '1,5',
    '',
    '2 stycznia 2023',
    '02. tammikuuta 2023',
    'Feb 30, 2024',
    '12:30',
    'Total',
  ])('%s is none', (text) => {
    expect(read(text)[0]).toBeNull();
  });

  it.each([
    ['1990Q1', '1990Q2', 'quarter'],
    ['2019-W02', '2019-W03', 'week'],
    ['Jan 02, 2023', 'Jan 03, 2023', 'day'],
    ['2024-01-01 01:00 PM', '2024-01-01 02:00 PM', 'hour'],
    ['2012M01', '2012M02', 'month'],
  ])('%s and %s make a series of frequency %s, of text and of rows', async (first, second, frequency) => {
    const set = await readText(`when;y\n${first};1\n${second};2\n`);
    expect([set.report.columns.time, set.report.frequency]).toEqual(['when', frequency]);
    const rows = await readRows([
      { when: first, y: 1 },
      { when: second, y: 2 },
    ]);
    expect([rows.report.frequency, rows.starts]).toEqual([frequency, set.starts]);
  });
});

describe('times that have to be told', () => {
  it.each([
    ['01/02/2024', /day-month or month-day\?.*timeFormat: '%d\/%m\/%Y' or '%m\/%d\/%Y'/],
    ['13/02/2024', /day first.*pass timeFormat: '%d\/%m\/%Y'$/],
    ['02/13/2024', /month first.*pass timeFormat: '%m\/%d\/%Y'$/],
    ['13.02.2024 14:30', /timeFormat: '%d\.%m\.%Y %H:%M'/],
    ['13-02-2024 02:30:00 PM', /timeFormat: '%d-%m-%Y %I:%M:%S %p'/],
    ['13/02/2024, 14:30:01.5Z', /timeFormat: '%d\/%m\/%Y, %H:%M:%S\.%f%z'/],
    ['13/02/24', /timeFormat: '%d\/%m\/%y'/],
    ['02-Jan-23', /timeFormat: '%d-%b-%y'/],
    ['Jan-23', /timeFormat: '%b-%y'/],
    ['02/2024', /timeFormat: '%m\/%Y'/],
    ['2023-10-25 00:00 CEST', /UTC offset in place of 'CEST'/],
    ['2023-10-25 00:00 Europe/Berlin', /without their zone, and pass timezone: 'Europe\/Berlin'/],
    ['2023-10-25 00:00 US/Eastern', /pass timezone: 'US\/Eastern'/],
    ['2 stycznia 2023', /the word 'stycznia' is not known .*English.*; write 2020-01-31/],
    ['15-Jan', /timeFormat: '%y-%b' if 15 is the year; else write 2020-01-31/],
    ['Mar 28 00:00:00', /its year has not four digits; else write/],
    ['ene-24', /timeFormat: '%b-%y'/],
    ['févr. 24', /timeFormat: '%b %y'/],
    ['Januar 24', /timeFormat: '%B %y'/],
    ['2023-01-02 12:00-13:00', /a period; write the time at which it begins/],
    ['12:30', /it has no date.*time: \['date', 'ds'\]/],
    ['2016-12-31 23:59:60', /leap seconds/],
  ])('%s', async (text, message) => {
    const error = await errorOf(() => readText(`ds\ty\n${text}\t1\n${text}\t2\n`, { time: 'ds' }));
    expect(error.details.faults![0]!.reason).toMatch(message);
    // What is advised reads the text.
    for (const { option, values } of error.remedies)
      if (option === 'timeFormat')
        for (const format of values) expect(compileTimeFormat(String(format)).parse(text)).not.toBeNaN();
  });

  it('other rows decide which of the two orders is advised', async () => {
    const error = await errorOf(() => readText('ds,y\n01/02/2024,1\n02/02/2024,2\n13/02/2024,2\n'));
    expect(error.remedies[0]).toEqual({ option: 'timeFormat', values: ['%d/%m/%Y'] });
  });

  it.each([
    ['%d/%m/%Y', '05/02/2012', '2012-02-05T00:00:00.000Z'],
    ['%d.%m.%y %H:%M', '05.02.12 07:08', '2012-02-05T07:08:00.000Z'],
    ['%B %d, %Y', 'February 5, 2012', '2012-02-05T00:00:00.000Z'],
    ['%a %b %e %T %Y', 'Sun Feb  5 07:08:09 2012', '2012-02-05T07:08:09.000Z'],
    ['%F %I:%M %p', '2012-02-05 12:08 AM', '2012-02-05T00:08:00.000Z'],
    ['%Y%m', '201202', '2012-02-01T00:00:00.000Z'],
    ['%Y%m%d%H', '2012020507', '2012-02-05T07:00:00.000Z'],
    ['%Y/%j', '2012/036', '2012-02-05T00:00:00.000Z'],
    ['%q/%Y', '3/2012', '2012-07-01T00:00:00.000Z'],
    ['%G week %V', '2012 week 05', '2012-01-30T00:00:00.000Z'],
    ['%d/%m/%Y %H:%M %z', '05/02/2012 07:08 +01:00', '2012-02-05T06:08:00.000Z'],
    ['%d/%m/%Y %R', '05/02/2012 24:00', '2012-02-06T00:00:00.000Z'],
  ])('timeFormat %s reads %s', (format, text, time) => {
    expect(new Date(compileTimeFormat(format).parse(text)).toISOString()).toBe(time);
  });

  it('names the directives, asks for a year, and shows the format that a text does not match', async () => {
    expect((await errorOf(() => readText('ds,y\n', { timeFormat: '%Q' }))).message).toMatch(/%Y %y %m/);
    expect((await errorOf(() => readText('ds,y\n', { timeFormat: '%d/%m' }))).message).toMatch(/with a year/);
    const error = await errorOf(() => readText('ds,y\n2020-01-31,1\n', { timeFormat: '%d/%m/%Y' }));
    expect(error.message).toMatch(/does not match timeFormat: '%d\/%m\/%Y'/);
  });
});
