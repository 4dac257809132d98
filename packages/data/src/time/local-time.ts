import { badOption } from '../check-options.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const week = 7 * day;

/** The instants that a local time may mean: one, none (clocks were put forward over it) or two (put back over it). */
export type Instants = readonly [] | readonly [number] | readonly [earlier: number, later: number];

/** A zone: `Z`, an offset such as `+02:00`, or an IANA name; offsets in milliseconds east of UTC. */
export interface Zone {
  offsetAt(instant: number): number;
  instantsOf(local: number): Instants;
  toLocal(instant: number): number;
  /** The one instant of a local time: the earlier of two; for a time that clocks skip, as if they had not been put forward. */
  toInstant(local: number): number;
}

const zones = new Map<string, Zone>();

/**
 * The zone of a name; made once.
 *
 * @throws DataError `data/bad-option` for an unknown zone
 */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const offsetAt = offsetReader(name);
  const instantsOf = (local: number): Instants => {
    const before = offsetAt(local - day);
    const after = offsetAt(local + day);
    if (before === after) return [local - before];
    const candidates = [local - Math.max(before, after), local - Math.min(before, after)].filter(
      (instant) => instant + offsetAt(instant) === local,
    );
    return candidates as unknown as Instants;
  };
  const zone: Zone = {
    offsetAt,
    instantsOf,
    toLocal: (instant) => instant + offsetAt(instant),
    toInstant: (local) => instantsOf(local)[0] ?? local - offsetAt(local - day),
  };
  zones.set(name, zone);
  return zone;
}

/** Offset from UTC of `Z` or `+02:00` in milliseconds; undefined for a name. */
export function fixedOffset(name: string): number | undefined {
  if (name === 'Z') return 0;
  const match = /^([+-])(\d\d):(\d\d)$/.exec(name);
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * minute : undefined;
}

/** `+02:00` for 120 minutes, `Z` for 0. */
export function offsetName(minutes: number): string {
  if (minutes === 0) return 'Z';
  const size = Math.abs(minutes);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** A week in which clocks are moved at most once. */
interface ZoneWeek {
  readonly before: number;
  readonly after: number;
  /** Instant of the change; Infinity when there is none. */
  readonly change: number;
}

/** Offsets are asked of `Intl` once per week of the data and, where they differ, searched for the minute of the change. */
function offsetReader(name: string): (instant: number) => number {
  const fixed = fixedOffset(name);
  if (fixed !== undefined) return () => fixed;
  const ask = intlOffset(name);
  const weeks = new Map<number, ZoneWeek>();
  return (instant) => {
    const number = Math.floor(instant / week);
    let found = weeks.get(number);
    if (found === undefined) {
      found = surveyWeek(number * week, ask);
      weeks.set(number, found);
    }
    return instant < found.change ? found.before : found.after;
  };
}

function surveyWeek(start: number, ask: (instant: number) => number): ZoneWeek {
  const [before, after] = [ask(start), ask(start + week)];
  if (before === after) return { before, after, change: Infinity };
  let [low, high] = [start, start + week];
  while (high - low > minute) {
    const middle = Math.floor((low + high) / 2 / minute) * minute;
    if (ask(middle) === before) low = middle;
    else high = middle;
  }
  return { before, after, change: high };
}

function intlOffset(timezone: string): (instant: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    const fields = {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, hourCycle: 'h23', calendar: 'gregory', ...fields });
  } catch {
    throw badOption('timezone', 'timezone', "an IANA name, for example 'Europe/Berlin'", timezone);
  }
  return (instant) => {
    const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const number = (name: string) => Number(part[name]);
    const year = part['era'] === 'BC' ? 1 - number('year') : number('year');
    const local = new Date(
      Date.UTC(2000, number('month') - 1, number('day'), number('hour'), number('minute'), number('second')),
    ).setUTCFullYear(year, number('month') - 1, number('day'));
    return local - Math.floor(instant / 1000) * 1000;
  };
}
