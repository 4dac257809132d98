import { formatOfText } from './format-of-text.ts';
import { type FrequencyUnit, fixedUnits } from './frequency.ts';
import { monthsOf } from './month-names.ts';
import { spelledAs } from './spelled-as.ts';
import { type TimeForm, toLocal, writeFormat } from './write-format.ts';

export type { TimeForm };

const zoneTail = /(?:\s*(?:Z|UTC|GMT|%:{0,3}z))?$/i;

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
  const months = monthsOf(needs.texts);
  const learned =
    needs.told === undefined ? usualFormat(needs.texts, months) : spelledAs(needs.told, needs.texts, months);
  const shown = Array.from({ length: Math.min(time.length, 1000) }, (_, row) => toLocal(time[row]!, zone));
  let format = learned ?? (shown.every((local) => local % 86_400_000 === 0) ? '%Y-%m-%d' : '%Y-%m-%d %H:%M');
  if (format.endsWith('Z') && zone !== 'Z') format = `${format.slice(0, -1)}%:z`;
  const hasClock = /%-?[HIRT]/.test(format);
  if (hasClock && zone !== null && !needs.isZoneTold && !hasZone(format)) format += zone === 'Z' ? 'Z' : '%:z';
  return refine({ format, zone, ...(months && { months }) }, shown);
}

/** The form with a clock where steps are shorter than a day: a column has one form of time, also at midnight. */
export function withClock(form: TimeForm, unit: FrequencyUnit, isZoned: boolean): TimeForm {
  const fixed = fixedUnits[unit];
  if (fixed === undefined || fixed >= 86_400_000 || /%-?[HIRT]/.test(form.format)) return form;
  const zone = isZoned && form.zone !== null && !hasZone(form.format) ? (form.zone === 'Z' ? 'Z' : '%:z') : '';
  return { ...form, format: `${form.format} %H:%M${zone}` };
}

/** A time in a form; digits that the form has no place for make it longer rather than being lost. */
export function writeTimeAs(form: TimeForm, time: number): string {
  if (!(Math.abs(Math.floor(time)) <= 8.64e15)) return String(time);
  return writeFormat(refine(form, [toLocal(time, form.zone)]), time);
}

/**
 * The most common of the formats with the most parts: midnight may have been written without its clock. Undefined when
 * no text is given back by a format.
 */
function usualFormat(texts: readonly string[], months: readonly string[] | undefined): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const format = formatOfText(text, months);
    if (format === undefined) continue;
    counts.set(format, (counts.get(format) ?? 0) + 1);
  }
  const parts = (format: string) => format.replace(zoneTail, '').replace(/%[-^#\d]/g, '%').length;
  const most = Math.max(...[...counts.keys()].map(parts));
  const full = [...counts].filter(([format]) => parts(format) === most);
  // Days and months without zeros look like others from the 10th of October on.
  const isBetter = (one: [string, number], two: [string, number]) =>
    one[0].includes('%-') === two[0].includes('%-') ? one[1] > two[1] : one[0].includes('%-');
  return full.length === 0 ? undefined : full.reduce((best, entry) => (isBetter(entry, best) ? entry : best))[0];
}

function hasZone(format: string): boolean {
  return /(?:Z|UTC|GMT|%:{0,3}z)$/i.test(format);
}

/** Adds the parts that some local times need: month, day, clock, seconds, fractions. */
function refine(form: TimeForm, locals: readonly number[]): TimeForm {
  let { format } = form;
  const isWeekly = format.includes('%V') && !/%[uaA]/.test(format);
  const needs = (is: (date: Date, local: number) => boolean) =>
    locals.some((local) => Number.isFinite(local) && is(new Date(Math.floor(local)), local));
  if (isWeekly && needs((date) => date.getUTCDay() !== 1)) return refine({ ...form, format: '%Y-%m-%d' }, locals);
  const months = format.includes('%h') ? 6 : format.includes('%q') ? 3 : 0;
  if (months > 0 && needs((date) => date.getUTCDate() !== 1 || date.getUTCMonth() % months !== 0))
    return refine({ ...form, format: '%Y-%m-%d' }, locals);
  if (!/%[-^#]?[mbBqhVFj]/.test(format) && needs((date) => date.getUTCMonth() !== 0))
    format = format.replace(/%[Yy]/, '$&-%m');
  if (!/%-?[deqVFj]/.test(format) && needs((date) => date.getUTCDate() !== 1))
    format = /%-?m/.test(format) ? format.replace(/%-?m/, '$&-%d') : '%Y-%m-%d';
  if (!/%-?[HIRT]/.test(format) && needs((_, local) => local % 86_400_000 !== 0))
    format = format.replace(zoneTail, ' %H:%M$&');
  if (!/%[ST]/.test(format) && needs((_, local) => local % 60_000 !== 0)) format = format.replace(/%M|%R/, '$&:%S');
  if (!/%[1-5]?f/.test(format) && needs((_, local) => local % 1000 !== 0)) format = format.replace(/%[ST]/, '$&.%3f');
  const digits = Number(/%([1-5])f/.exec(format)?.[1] ?? 6);
  if (digits < 6 && needs((_, local) => !hasDigits(local, digits))) format = format.replace(/%[1-5]f/, '%f');
  return format === form.format ? form : { ...form, format };
}

/** Whether so many digits of a second say all of a time, to the microsecond. */
function hasDigits(local: number, digits: number): boolean {
  const unit = 10 ** (3 - digits);
  return Math.abs(local - Math.round(local / unit) * unit) < 5e-4;
}
