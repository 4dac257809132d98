import { describe, expect, it } from 'vitest';
import { timeAt } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { timesCsv } from './support/dates.ts';
import { readText } from './support/read-text.ts';

const hour = 3_600_000;
const steps = (first: string, count: number, step = hour) =>
  Array.from({ length: count }, (_, k) => new Date(Date.parse(`${first}Z`) + k * step).toISOString().slice(0, 16));

describe('a missing step is a closure only where several days show it', () => {
  // From one to three Sundays, each also with a last day that ends before or behind the hour of the change.
  const lengths = [7, 13, 14, 20].flatMap((days) => [0, 1, 2, 8].map((hours) => days * 24 + hours));
  it.each(lengths)('clocks put forward in local times, %i hours', async (count) => {
    const times = steps('2023-03-20T01:00', count).filter((time) => time !== '2023-03-26T02:00');
    const error = await errorOf(() => readText(timesCsv(times)));
    expect(error.message).toMatch(/1 missing time step between 2023-03-26T01:00 and 2023-03-26T03:00.*timezone/);
  });

  it.each([
    ['first', '2023-01-02T11:00'],
    ['last', '2023-01-31T12:00'],
  ])('a market whose %s day is shown in part has the same sessions', async (_, cut) => {
    const times = steps('2023-01-02T09:30', 31 * 48, hour / 2).filter((time) => {
      const weekday = new Date(`${time}Z`).getUTCDay();
      return weekday % 6 !== 0 && time.slice(11) >= '09:30' && time.slice(11) < '16:00';
    });
    const part = times.filter((time) => (cut.startsWith('2023-01-02') ? time >= cut : time <= cut));
    const set = await readText(timesCsv(part));
    const next = new Date(timeAt(set, 0, part.length)).toISOString().slice(0, 16);
    expect([set.report.frequency, next]).toEqual([
      '30 minutes',
      cut.startsWith('2023-01-02') ? '2023-02-02T09:30' : '2023-01-31T12:30',
    ]);
  });

  it('steps that are no whole seconds are no sessions', async () => {
    const times = Array.from({ length: 60 }, (_, k) =>
      new Date(Date.UTC(2023, 0, 1) + k * hour + [0, 29, -29][k % 3]!).toISOString().slice(0, 23),
    );
    const error = await errorOf(() => readText(timesCsv(times)));
    expect(error.code).toBe('data/gap');
  });
});
