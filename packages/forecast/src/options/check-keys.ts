import { closest } from 'fastest-levenshtein';
import { ForecastError } from '../forecast-error.ts';

/** @throws ForecastError `forecast/unknown-option` naming the nearest valid one */
export function checkKeys(what: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new ForecastError(
    'forecast/unknown-option',
    `There is no ${what} option '${unknown}'; ${known.length === 0 ? 'there are none.' : `did you mean '${closest(unknown, [...known])}'? Known: ${known.join(', ')}.`}`,
    { option: unknown },
  );
}
