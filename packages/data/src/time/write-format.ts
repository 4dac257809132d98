import { fixedOffset, offsetName, zoneOf } from './local-time.ts';
import { longMonths, shortMonths } from './month-names.ts';

/** How a source writes its times. Plain JSON. */
export interface TimeForm {
  /**
   * Directives of strptime (`%Y-%m-%dT%H:%M:%S`, `%f` microseconds, `%b %y %I %p` …, `%-m` without zero) and `%1f` to
   * `%5f` fewer digits of a second, `%^b` in capitals, `%#b` `%#p` in small letters, `%.p` a.m., `%q` quarter, `%h` half-year, `%G` and `%V` ISO week,
   * `%z` `%:z` `%:::z` offsets `+0200`, `+02:00`, `+02`.
   */
  readonly format: string;
  /** Zone of the text: `Z`, an offset such as `+02:00`, an IANA name; null = times without zone, read as UTC. */
  readonly zone: string | null;
  /** Names of the months where they are not English, as `%b` writes them. */
  readonly months?: readonly string[];
}

/** The local time of an instant in a zone. */
export function toLocal(time: number, zone: string | null): number {
  return zone === null || zone === 'Z' ? time : zoneOf(zone).toLocal(time);
}

const shorthands: Readonly<Record<string, string>> = { F: '%Y-%m-%d', T: '%H:%M:%S', R: '%H:%M' };
const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
/** What stands between the sign and the letter of a directive. */
const flags = {
  '-': (text: string) => text.replace(/^0/, ''),
  '^': (text: string) => text.toUpperCase(),
  '#': (text: string) => text.toLowerCase(),
  '.': (text: string) => text.toLowerCase().replace(/./g, '$&.'),
} as const;

/** Writes a time in a format, in its zone; digits that the format has no place for are left out. */
export function writeFormat({ format, zone, months = shortMonths }: TimeForm, time: number): string {
  const local = Math.round(toLocal(time, zone) * 1000) / 1000;
  const date = new Date(Math.floor(local));
  const two = (number: number) => String(number).padStart(2, '0');
  const year = date.getUTCFullYear();
  const micros = Math.round((local - Math.floor(local / 1000) * 1000) * 1000);
  const hour = date.getUTCHours();
  const offset = () =>
    offsetName((fixedOffset(zone ?? 'Z') ?? zoneOf(zone!).offsetAt(time)) / 60_000).replace('Z', '+00:00');
  const parts: Readonly<Record<string, () => string>> = {
    Y: () => (year < 0 ? date.toISOString().slice(0, 7) : String(year).padStart(4, '0')),
    y: () => two(((year % 100) + 100) % 100),
    m: () => two(date.getUTCMonth() + 1),
    d: () => two(date.getUTCDate()),
    b: () => months[date.getUTCMonth()]!,
    B: () => longMonths[date.getUTCMonth()]!,
    H: () => two(hour),
    I: () => two(hour % 12 || 12),
    p: () => (hour < 12 ? 'AM' : 'PM'),
    M: () => two(date.getUTCMinutes()),
    S: () => two(date.getUTCSeconds()),
    f: () => String(micros).padStart(6, '0'),
    q: () => String(Math.floor(date.getUTCMonth() / 3) + 1),
    h: () => String(Math.floor(date.getUTCMonth() / 6) + 1),
    G: () => String(isoWeek(date).year),
    V: () => two(isoWeek(date).week),
    z: () => offset().replace(':', ''),
    ':z': offset,
    ':::z': () => offset().replace(':00', ''),
    e: () => String(date.getUTCDate()).padStart(2, ' '),
    j: () => String(Math.floor((date.getTime() - Date.UTC(year, 0, 1)) / 86_400_000) + 1).padStart(3, '0'),
    u: () => String(date.getUTCDay() || 7),
    a: () => weekdayNames[date.getUTCDay()]!.slice(0, 3),
    A: () => weekdayNames[date.getUTCDay()]!,
    '%': () => '%',
  };
  const directives = format.replace(/%([FTR])/g, (_, letter: string) => shorthands[letter]!);
  return directives.replace(/%([1-5])f|%(:{1,3}z|([-^#.]?)(.))/g, (text, digits, all, flag, letter) => {
    if (digits !== undefined) return parts['f']!().slice(0, Number(digits));
    const written = parts[flag ? letter : all]?.() ?? text;
    return flag ? flags[flag as keyof typeof flags](written) : written;
  });
}

/** Year and number of the ISO week of a date: the week of its Thursday. */
function isoWeek(date: Date): { year: number; week: number } {
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * 86_400_000);
  const year = thursday.getUTCFullYear();
  return { year, week: Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * 86_400_000)) + 1 };
}
