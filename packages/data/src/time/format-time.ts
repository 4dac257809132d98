import { type Frequency, fixedUnits } from './frequency.ts';

/**
 * ISO text of a time, as short as the frequency allows: `2020` for years, `2020-01` for months (where they begin in
 * January, on the first day), `2020-01-31` for days, with clock for anything shorter. For the times of a set `writeTime`
 * keeps the spelling and the zone of their source.
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
  const fixed = frequency && fixedUnits[frequency.unit];
  const isShort = fixed !== undefined && fixed < 86_400_000;
  if (isShort || clock !== '00:00:00.000')
    return `${date} ${clock.replace(/\.000$/, '').replace(/^(\d\d:\d\d):00$/, '$1')}`;
  if (frequency?.unit === 'year' && date.endsWith('-01-01')) return date.slice(0, -6);
  const isCalendar = frequency?.unit === 'month' || frequency?.unit === 'quarter' || frequency?.unit === 'year';
  return isCalendar && date.endsWith('-01') ? date.slice(0, -3) : date;
}
