import type { Frequency } from './frequency.ts';

/**
 * ISO text of a time, as short as the frequency allows: `2020-01` for months, `2020-01-31` for days, else with clock.
 *
 * @param time milliseconds since the epoch, UTC; fractions down to a microsecond are written
 */
export function formatTime(time: number, frequency?: Frequency): string {
  if (frequency?.unit === 'row') return `row ${time + 1}`;
  const whole = Math.floor(time);
  if (!(Math.abs(whole) <= 8.64e15)) return String(time);
  const text = new Date(whole).toISOString();
  const micro = Math.round((time - whole) * 1000);
  if (micro > 0) return `${text.slice(0, -1)}${String(micro).padStart(3, '0')}Z`.replace('T', ' ').slice(0, -1);
  const [date, clock] = [text.slice(0, -14), text.slice(-13, -1)];
  if (clock !== '00:00:00.000') return `${date} ${clock.replace(/\.000$/, '').replace(/^(\d\d:\d\d):00$/, '$1')}`;
  const isCalendar = frequency?.unit === 'month' || frequency?.unit === 'quarter' || frequency?.unit === 'year';
  return isCalendar && date.endsWith('-01') ? date.slice(0, -3) : date;
}
