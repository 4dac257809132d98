import { DataError } from '../data-error.ts';
import { parseIsoTime } from './parse-time.ts';

/**
 * Milliseconds since the epoch of an ISO text, a Date or a number of milliseconds.
 *
 * @throws DataError `data/bad-time`
 */
export function parseTimeText(time: string | number | Date, what: string): number {
  if (typeof time === 'number') return time;
  if (time instanceof Date) return time.getTime();
  const bytes = new TextEncoder().encode(time);
  const value = parseIsoTime(bytes, 0, bytes.length, { hasZone: false, offset: 0, droppedDigits: false });
  if (!Number.isNaN(value)) return value;
  throw new DataError(
    'data/bad-time',
    `${what}: '${time}' is not a date or time; write for example '2020-01-31' or '2020-01-31T12:00'.`,
    { value: time },
  );
}
