import { DataError } from './data-error.ts';
import { nearestName } from './nearest-name.ts';

/** Throws `data/bad-option` for a key that `owner` does not know, naming the nearest that it does. */
export function checkKeys(owner: string, options: object, known: readonly string[]): void {
  checkObject(owner, options);
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const nearest = nearestName(key, known);
    const advice = nearest ? `did you mean '${nearest}'?` : `the options are: ${known.join(', ')}.`;
    throw new DataError('data/bad-option', `${owner}: unknown option '${key}'; ${advice}`, {
      option: key,
      ...(nearest ? { nearest } : {}),
    });
  }
}

/** Throws `data/bad-option` unless options are an object. */
export function checkObject(owner: string, options: unknown): void {
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) return;
  throw badOption(owner, 'options', 'an object', options);
}

/** Throws `data/bad-option` unless `value` is a whole number of at least `least`. */
export function checkWhole(owner: string, option: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw badOption(owner, option, `a whole number of at least ${least}`, value);
}

/** Throws `data/bad-option` unless `value` is one of `choices` (undefined passes: the default is the caller's). */
export function checkChoice(owner: string, option: string, value: unknown, choices: readonly unknown[]): void {
  if (value === undefined || choices.includes(value)) return;
  throw badOption(owner, option, `one of ${choices.map((choice) => `'${choice}'`).join(', ')}`, value);
}

/** Throws `data/bad-option` unless `value` is true or false (undefined passes). */
export function checkFlag(owner: string, option: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'boolean') throw badOption(owner, option, 'true or false', value);
}

/** Throws `data/bad-option` unless `value` is a text (undefined passes). */
export function checkText(owner: string, option: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'string') throw badOption(owner, option, 'a text', value);
}

/** Throws `data/bad-option` unless `value` is a list of texts (undefined passes). */
export function checkTexts(owner: string, option: string, value: unknown): void {
  if (value === undefined || (Array.isArray(value) && value.every((one) => typeof one === 'string'))) return;
  throw badOption(owner, option, 'a list of texts', value);
}

/** The error for an option of the wrong value. */
export function badOption(owner: string, option: string, expected: string, found: unknown): DataError {
  const shown = typeof found === 'string' ? `'${found}'` : Array.isArray(found) ? 'a list' : String(found);
  return new DataError('data/bad-option', `${owner}: ${option} must be ${expected}, found ${shown}.`, { option });
}
