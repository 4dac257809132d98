import { badOption } from '../check-options.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** The instants that a local time may mean: one, none (clocks were put forward over it) or two (put back over it). */
export type Instants = readonly [] | readonly [number] | readonly [earlier: number, later: number];

/**
 * Turns local times of a zone into instants.
 *
 * @param timezone IANA name, for example `Europe/Berlin`
 * @throws DataError `data/bad-option` for an unknown zone
 */
export function localTimeReader(timezone: string): (local: number) => Instants {
  const offsetAt = offsetReader(timezone);
  return (local) => {
    const before = offsetAt(local - day);
    const after = offsetAt(local + day);
    if (before === after) return [local - before];
    const candidates = [local - Math.max(before, after), local - Math.min(before, after)].filter(
      (instant) => instant + offsetAt(instant) === local,
    );
    return candidates as unknown as Instants;
  };
}

/** Offset of a zone from UTC in milliseconds at an instant; looked up once per quarter of an hour. */
function offsetReader(timezone: string): (instant: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    const fields = {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, hourCycle: 'h23', calendar: 'gregory', ...fields });
  } catch {
    throw badOption('timezone', 'timezone', "an IANA name, for example 'Europe/Berlin'", timezone);
  }
  const known = new Map<number, number>();
  return (instant) => {
    const quarter = Math.floor(instant / (hour / 4));
    const cached = known.get(quarter);
    if (cached !== undefined) return cached;
    const at = quarter * (hour / 4);
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const local = Date.UTC(
      part['year']!,
      part['month']! - 1,
      part['day'],
      part['hour'],
      part['minute'],
      part['second'],
    );
    known.set(quarter, local - at);
    return local - at;
  };
}
