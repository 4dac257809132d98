import { describe, expect, it } from 'vitest';
import { type DataErrorCode, renderReport } from '../src/index.ts';
import { dailyCsv, errorOf } from './support/bytes.ts';
import { readText } from './support/read-text.ts';

describe('policies', () => {
  const gap = 'ds,y\n2020-01-01,1\n2020-01-02,2\n2020-01-05,5\n2020-01-06,6\n';

  it.each([
    ['forward', [1, 2, 2, 2, 5, 6], null],
    ['linear', [1, 2, 3, 4, 5, 6], null],
    ['zero', [1, 2, 0, 0, 5, 6], null],
    ['mask', [1, 2, Number.NaN, Number.NaN, 5, 6], [1, 1, 0, 0, 1, 1]],
    ['rowOrder', [1, 2, 5, 6], null],
  ] as const)('gaps: %s', async (gaps, values, available) => {
    const set = await readText(gap, { gaps });
    expect([...set.values]).toEqual(values);
    expect(set.available && [...set.available]).toEqual(available);
    expect(set.report.gaps).toMatchObject({ count: 2, series: 1 });
    expect(set.times === null).toBe(gaps !== 'rowOrder');
  });

  it('takes weekends and holidays for what they are, with a notice, and other gaps not', async () => {
    const weekdays = Array.from({ length: 40 }, (_, step) => new Date(Date.UTC(2020, 0, 1 + step))).filter(
      (date) => date.getUTCDay() % 6 !== 0,
    );
    const csv = (dates: readonly Date[]) =>
      `ds,y\n${dates.map((date, step) => `${date.toISOString().slice(0, 10)},${step}`).join('\n')}\n`;
    const whole = await readText(csv(weekdays));
    expect([whole.frequency.unit, whole.report.gaps, whole.times]).toEqual(['business-day', null, null]);
    const holiday = await readText(csv(weekdays.filter((_, index) => index !== 12)));
    expect(holiday.report.gaps?.action).toMatch(/weekends or holidays; order of rows kept/);
    expect(holiday.times).not.toBeNull();
    const error = await errorOf(() => readText(csv(weekdays.filter((_, index) => index < 10 || index > 18))));
    expect(error.code).toBe('data/gap' satisfies DataErrorCode);
  });

  it('takes the weekend of an hourly market as a weekend', async () => {
    const hours = Array.from(
      { length: 24 * 14 },
      (_, hour) => new Date(Date.UTC(2020, 0, 6) + hour * 3_600_000),
    ).filter((time) => time.getUTCDay() % 6 !== 0);
    const set = await readText(
      `ds,y\n${hours.map((time, step) => `${time.toISOString().slice(0, 16)},${step}`).join('\n')}\n`,
    );
    expect(set.report.gaps).toMatchObject({ count: 48, series: 1 });
  });

  it.each([
    ['forward', [1, 1, 3], null],
    ['linear', [1, 2, 3], null],
    ['zero', [1, 0, 3], null],
    ['mask', [1, Number.NaN, 3], [1, 0, 1]],
  ] as const)('missing: %s', async (missing, values, available) => {
    const set = await readText(dailyCsv([1, '', 3]), { missing });
    expect([...set.values]).toEqual(values);
    expect(set.available && [...set.available]).toEqual(available);
  });

  it('missing: drop leaves the row out', async () => {
    const set = await readText(dailyCsv([1, '', 3, 4]), { missing: 'drop', gaps: 'rowOrder' });
    expect([...set.values]).toEqual([1, 3, 4]);
    expect(set.report.missing).toMatchObject({ count: 1, action: 'rows left out' });
  });

  it('leaves cells before the first value unavailable, since forward has nothing to go on', async () => {
    const set = await readText(dailyCsv(['', 2, '']), { missing: 'forward' });
    expect([...set.values]).toEqual([Number.NaN, 2, 2]);
    expect([...set.available!]).toEqual([0, 1, 1]);
  });

  it.each([
    ['last', [1, 3, 4]],
    ['first', [1, 2, 4]],
    ['mean', [1, 2.5, 4]],
  ] as const)('duplicates: %s', async (duplicates, values) => {
    const set = await readText('ds,y\n2020-01-01,1\n2020-01-02,2\n2020-01-02,3\n2020-01-03,4\n', { duplicates });
    expect([...set.values]).toEqual(values);
    expect(set.report.duplicates).toMatchObject({ count: 1 });
  });

  it('sorts rows that are out of order or interleaved, and says so', async () => {
    const set = await readText(
      'id,ds,y\nb,2020-01-03,3\na,2020-01-01,7\nb,2020-01-01,1\na,2020-01-02,8\nb,2020-01-02,2\n',
      { id: 'id' },
    );
    expect([set.ids, [...set.values]]).toEqual([
      ['b', 'a'],
      [1, 2, 3, 7, 8],
    ]);
    expect(set.report.unsorted).toMatchObject({ series: 1, action: 'sorted by time' });
  });

  it('nonFinite: mask makes infinities unavailable', async () => {
    const set = await readText(dailyCsv([1, 'inf', 3]), { nonFinite: 'mask' });
    expect([...set.available!]).toEqual([1, 0, 1]);
  });

  it('badRows: reject leaves rows out and lists them; nothing is lost unseen', async () => {
    const set = await readText('ds,y\n2020-01-01,1\n2020-01-02,abc\n2020-01-03\n2020-01-02,2\n', { badRows: 'reject' });
    expect([...set.values]).toEqual([1, 2]);
    expect([set.report.rowsRead, set.report.rowsRejected]).toEqual([4, 2]);
    expect(set.report.rejected.map((fault) => fault.line)).toEqual([3, 4]);
  });

  it('reports constant series and whole numbers that float64 cannot hold', async () => {
    const set = await readText(dailyCsv(['9007199254740993', '9007199254740993']));
    expect(set.report.constant).toMatchObject({ count: 1 });
    expect(renderReport(set.report).join('\n')).toMatch(/line 2: a whole number beyond 2\^53/);
  });
});
