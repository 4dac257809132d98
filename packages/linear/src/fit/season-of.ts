import type { Frequency } from '@nt/data';

const stepsInSeason: Readonly<Partial<Record<Frequency['unit'], number>>> = {
  second: 60,
  minute: 1440,
  hour: 24,
  day: 7,
  'business-day': 5,
  week: 52,
  month: 12,
  quarter: 4,
};

/** The short season of a frequency in time steps, where that is a whole number; 1 = none is known. */
export function seasonOf({ unit, count }: Frequency): number {
  const season = stepsInSeason[unit] ?? 1;
  return season % count === 0 ? season / count : 1;
}
