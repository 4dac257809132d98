import type { Frequency } from './frequency.ts';

const stepsInSeason: Readonly<Partial<Record<Frequency['unit'], { readonly season: number }>>> = {
  second: { season: 60 },
  minute: { season: 1440 },
  hour: { season: 24 },
  day: { season: 7 },
  'business-day': { season: 5 },
  week: { season: 52 },
  month: { season: 12 },
  quarter: { season: 4 },
};

/** The season that one expects of a frequency, in time steps: a week of days, a day of hours or minutes …; 1 = none. */
export function seasonLength(frequency: Frequency): number {
  const season = stepsInSeason[frequency.unit]?.season ?? 1;
  return season % frequency.count === 0 ? season / frequency.count : 1;
}
