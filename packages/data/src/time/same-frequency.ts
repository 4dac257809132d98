import { type Frequency, fixedUnits, monthUnits } from './frequency.ts';

/** Whether two frequencies are steps of the same length: 60 minutes are an hour, 12 months a year; weekdays are no days. */
export function sameFrequency(one: Frequency, two: Frequency): boolean {
  return lengthOf(one) === lengthOf(two);
}

function lengthOf({ unit, count }: Frequency): string {
  const months = monthUnits[unit];
  if (months !== undefined) return `${months * count} months`;
  const fixed = fixedUnits[unit];
  return fixed === undefined ? `${count} ${unit}` : `${Math.round(fixed * count * 1000)} microseconds`;
}
