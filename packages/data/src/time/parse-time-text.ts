import { DataError } from '../data-error.ts';
import { parseTime } from './parse-plain-time.ts';

/**
 * Milliseconds since the epoch of an ISO text, a Date or a number of milliseconds.
 *
 * @throws DataError `data/bad-time`
 */
export function parseTimeText(time: string | number | Date, what: string): number {
  const value =
    typeof time === 'number'
      ? time
      : time instanceof Date
        ? time.getTime()
        : typeof time === 'string'
          ? parseTime(time, { hasZone: false, offset: 0, droppedDigits: false })
          : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new DataError(
    'data/bad-time',
    `${what}: '${time}' is not a date or time; write for example '2020-01-31' or '2020-01-31T12:00'.`,
    { value: String(time) },
  );
}
