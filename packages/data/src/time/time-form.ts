import { type FrequencyUnit, fixedUnits } from './frequency.ts';
import { fixedOffset, offsetName, zoneOf } from './local-time.ts';

/** How a source writes its times. Plain JSON. */
export interface TimeForm {
  /**
   * Directives of strptime (`%Y-%m-%dT%H:%M:%S`, `%f` microseconds, `%b %y %I %p` …) and `%3f` milliseconds, `%q` quarter,
   * `%G` and `%V` ISO week, `%z` `%:z` `%:::z` offsets `+0200`, `+02:00`, `+02`.
   */
  readonly format: string;
  /** Zone of the text: `Z`, an offset such as `+02:00`, an IANA name; null = times without zone, read as UTC. */
  readonly zone: string | null;
}

const isoText =
  /^(\d{4})(?:([-/])(\d\d)(?:\2(\d\d))?|(\d\d)(\d\d))?(?:([T t])(\d\d):(\d\d)(:\d\d)?(?:([.,])(\d+))?)?(\s*)(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i;

/** The format of a text of ISO 8601, a quarter or an ISO week; undefined for any other text. */
export function formatOfText(text: string): string | undefined {
  const trimmed = text.trim();
  const quarter = /^\d{4}([- ]?)(Q)[1-4]$/i.exec(trimmed);
  if (quarter) return `%Y${quarter[1]}${quarter[2]}%q`;
  if (/^\d{4}-?W\d\d$/.test(trimmed)) return trimmed.includes('-') ? '%G-W%V' : '%GW%V';
  const match = isoText.exec(trimmed);
  if (!match) return undefined;
  const [, , separator, month, day, , compactDay, gap, , minute, second, point, digits, blank, zone] = match;
  const date = compactDay ? '%Y%m%d' : `%Y${month ? `${separator}%m` : ''}${day ? `${separator}%d` : ''}`;
  const fraction = digits === undefined ? '' : `${point}${digits.length > 3 ? '%f' : '%3f'}`;
  const clock = minute === undefined ? '' : `${gap}%H:%M${second ? ':%S' : ''}${fraction}`;
  return `${date}${clock}${zone === undefined ? '' : blank + formatOfZone(zone)}`;
}

const zoneTail = /(?:\s*(?:Z|UTC|GMT|%:{0,3}z))?$/i;

function formatOfZone(zone: string): string {
  if (!/^[+-]/.test(zone)) return zone;
  return zone.length === 3 ? '%:::z' : zone.includes(':') ? '%:z' : '%z';
}

/** What has to be known of some times to write them without loss. */
export interface TimeFormNeeds {
  /** First texts of the time column, where there are any. */
  readonly texts: readonly string[];
  /** Format that the user told. */
  readonly told: string | undefined;
  readonly zone: string | null;
  /** False when the source has instants, true when its texts have no zone though it is known. */
  readonly isZoneTold: boolean;
}

/** The form of a column: its own spelling where it has one that loses nothing, else ISO 8601. */
export function findTimeForm(time: ArrayLike<number>, needs: TimeFormNeeds): TimeForm {
  const { zone } = needs;
  const learned = needs.told ?? usualFormat(needs.texts);
  const shown = Array.from({ length: Math.min(time.length, 1000) }, (_, row) => toLocal(time[row]!, zone));
  let format = learned ?? (shown.every((local) => local % 86_400_000 === 0) ? '%Y-%m-%d' : '%Y-%m-%d %H:%M');
  if (format.endsWith('Z') && zone !== 'Z') format = `${format.slice(0, -1)}%:z`;
  const hasClock = /%[HI]/.test(format);
  if (hasClock && zone !== null && !needs.isZoneTold && !hasZone(format)) format += zone === 'Z' ? 'Z' : '%:z';
  return refine({ format, zone }, shown);
}

/** The form with a clock where steps are shorter than a day: a column has one form of time, also at midnight. */
export function withClock(form: TimeForm, unit: FrequencyUnit, isZoned: boolean): TimeForm {
  const fixed = fixedUnits[unit];
  if (fixed === undefined || fixed >= 86_400_000 || /%[HI]/.test(form.format)) return form;
  const zone = isZoned && form.zone !== null && !hasZone(form.format) ? (form.zone === 'Z' ? 'Z' : '%:z') : '';
  return { ...form, format: `${form.format} %H:%M${zone}` };
}

/** A time in a form; digits that the form has no place for make it longer rather than being lost. */
export function writeTimeAs(form: TimeForm, time: number): string {
  if (!(Math.abs(Math.floor(time)) <= 8.64e15)) return String(time);
  return write(refine(form, [toLocal(time, form.zone)]), time);
}

/** The most common of the formats with the most parts: midnight may have been written without its clock. */
function usualFormat(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const format = formatOfText(text);
    if (format === undefined) return undefined;
    counts.set(format, (counts.get(format) ?? 0) + 1);
  }
  const parts = (format: string) => format.replace(zoneTail, '').length;
  const most = Math.max(...[...counts.keys()].map(parts));
  const full = [...counts].filter(([format]) => parts(format) === most);
  return full.length === 0 ? undefined : full.reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}

function toLocal(time: number, zone: string | null): number {
  return zone === null || zone === 'Z' ? time : zoneOf(zone).toLocal(time);
}

function hasZone(format: string): boolean {
  return /(?:Z|UTC|GMT|%:{0,3}z)$/i.test(format);
}

/** Adds the parts that some local times need: month, day, clock, seconds, fractions. */
function refine(form: TimeForm, locals: readonly number[]): TimeForm {
  let { format } = form;
  const isWeekly = format.includes('%V');
  const needs = (is: (date: Date, local: number) => boolean) =>
    locals.some((local) => Number.isFinite(local) && is(new Date(Math.floor(local)), local));
  if (isWeekly && needs((date) => date.getUTCDay() !== 1)) return refine({ ...form, format: '%Y-%m-%d' }, locals);
  if (format.includes('%q') && needs((date) => date.getUTCDate() !== 1 || date.getUTCMonth() % 3 !== 0))
    return refine({ ...form, format: '%Y-%m-%d' }, locals);
  if (!/%[mbqV]/.test(format) && needs((date) => date.getUTCMonth() !== 0)) format = format.replace(/%[Yy]/, '$&-%m');
  if (!/%[dqV]/.test(format) && needs((date) => date.getUTCDate() !== 1))
    format = format.includes('%m') ? format.replace('%m', '%m-%d') : '%Y-%m-%d';
  if (!/%[HI]/.test(format) && needs((_, local) => local % 86_400_000 !== 0))
    format = format.replace(zoneTail, ' %H:%M$&');
  if (!format.includes('%S') && needs((_, local) => local % 60_000 !== 0)) format = format.replace('%M', '%M:%S');
  if (!/%3?f/.test(format) && needs((_, local) => local % 1000 !== 0)) format = format.replace('%S', '%S.%3f');
  if (format.includes('%3f') && needs((_, local) => !Number.isInteger(local))) format = format.replace('%3f', '%f');
  return format === form.format ? form : { ...form, format };
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const longMonthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function write({ format, zone }: TimeForm, time: number): string {
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
    b: () => monthNames[date.getUTCMonth()]!,
    B: () => longMonthNames[date.getUTCMonth()]!,
    H: () => two(hour),
    I: () => two(hour % 12 || 12),
    p: () => (hour < 12 ? 'AM' : 'PM'),
    M: () => two(date.getUTCMinutes()),
    S: () => two(date.getUTCSeconds()),
    f: () => String(micros).padStart(6, '0'),
    '3f': () => String(Math.floor(micros / 1000)).padStart(3, '0'),
    q: () => String(Math.floor(date.getUTCMonth() / 3) + 1),
    G: () => String(isoWeek(date).year),
    V: () => two(isoWeek(date).week),
    z: () => offset().replace(':', ''),
    ':z': offset,
    ':::z': () => offset().replace(':00', ''),
    '%': () => '%',
  };
  return format.replace(/%(3f|:{1,3}z|.)/g, (text, directive: string) => parts[directive]?.() ?? text);
}

/** Year and number of the ISO week of a date: the week of its Thursday. */
function isoWeek(date: Date): { year: number; week: number } {
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * 86_400_000);
  const year = thursday.getUTCFullYear();
  return { year, week: Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * 86_400_000)) + 1 };
}
