import { nearestName } from '@nt/tensor';
import { ForecastError } from '../forecast-error.ts';

/** @throws ForecastError `forecast/option` for what is no object: it would be taken for options that say nothing */
export function checkObject(what: string, options: unknown): asserts options is object {
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) return;
  const found = options === null ? 'null' : Array.isArray(options) ? 'a list' : typeof options;
  const message = `${what}: expected an object with options, got ${found}.`;
  throw new ForecastError('forecast/option', message, { option: what, received: options });
}

/** @throws ForecastError `forecast/unknown-option` naming the nearest valid one; `forecast/option` for what is no object */
export function checkKeys(what: string, options: object, known: readonly string[]): void {
  checkObject(what, options);
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new ForecastError(
    'forecast/unknown-option',
    `There is no ${what} option '${unknown}'; ${known.length === 0 ? 'there are none.' : `did you mean '${nearestName(unknown, known)}'? Known: ${known.join(', ')}.`}`,
    { option: unknown },
  );
}
