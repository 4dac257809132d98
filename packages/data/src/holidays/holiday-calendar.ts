import { checkKeys } from '../check-options.ts';
import { DataError } from '../data-error.ts';

/** Where the holidays are. */
export interface HolidayOptions {
  /** ISO 3166 code of the country, for example `DE`. */
  readonly country: string;
  /** Code of the state or province, for example `BY`. */
  readonly state?: string;
}

/**
 * Public holidays of a country by the package `date-holidays` (an optional peer), for `addCalendar`.
 *
 * @returns whether a time (milliseconds since the epoch) lies on a public holiday; the date is the UTC date
 * @throws DataError `data/missing-package` when date-holidays is not installed, `data/bad-option` for an unknown country
 */
export async function holidayCalendar(options: HolidayOptions): Promise<(time: number) => boolean> {
  checkKeys('holidayCalendar', options, ['country', 'state']);
  const { default: Holidays } = await loadPackage();
  const calendar = new Holidays();
  if (!(options.country in calendar.getCountries())) {
    throw new DataError(
      'data/bad-option',
      `holidayCalendar: country '${options.country}' is not known; use its ISO code, for example 'DE'.`,
      { option: 'country' },
    );
  }
  if (options.state === undefined) calendar.init(options.country);
  else if (options.state in (calendar.getStates(options.country) ?? {})) calendar.init(options.country, options.state);
  else
    throw new DataError('data/bad-option', `holidayCalendar: '${options.country}' has no state '${options.state}'.`, {
      option: 'state',
    });
  const years = new Map<number, ReadonlySet<string>>();
  return (time) => {
    const date = new Date(Math.floor(time)).toISOString().slice(0, 10);
    const year = Number(date.slice(0, 4));
    const days = years.get(year) ?? publicDays(calendar.getHolidays(year));
    years.set(year, days);
    return days.has(date);
  };
}

function publicDays(holidays: readonly { readonly date: string; readonly type: string }[]): ReadonlySet<string> {
  return new Set(holidays.filter((holiday) => holiday.type === 'public').map((holiday) => holiday.date.slice(0, 10)));
}

async function loadPackage(): Promise<typeof import('date-holidays')> {
  try {
    return await import('date-holidays');
  } catch (error) {
    const message = 'holidayCalendar needs the package date-holidays; install it: npm install date-holidays';
    throw new DataError('data/missing-package', `${message} (${error instanceof Error ? error.message : error}).`);
  }
}
