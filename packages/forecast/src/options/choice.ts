import { nearestName } from '@nt/tensor';
import { ForecastError } from '../forecast-error.ts';

/** What an option of a choice may be: something that fits into JSON, since a resumed run compares it. */
export type ChoiceValue = number | boolean | string | readonly number[];

/** Options of a library function that are constants: no schedules, no predicates, none that belongs to the forecaster. */
export type Constants<Options, Taken extends PropertyKey = never> = {
  readonly [Key in keyof Options as Key extends Taken ? never : Key]?: Extract<Options[Key], ChoiceValue>;
};

/** A name, or a name with options of its own: `'huber'` or `{ name: 'huber', delta: 2 }`. */
export type Choice<Catalogue> = {
  readonly [Name in keyof Catalogue]: Name | ({ readonly name: Name } & Catalogue[Name]);
}[keyof Catalogue];

/** A checked choice: a name beside its options, JSON. It is itself a choice, so that what was decided can be given again. */
export type Chosen<Name extends string = string> = { readonly name: Name } & Readonly<Record<string, ChoiceValue>>;

/**
 * Checks the name of a choice. Its options are checked by the library function that gets them.
 *
 * @param taken names that are options of the forecaster and would be overridden
 * @throws ForecastError `forecast/option` listing the valid names
 */
export function chosen<Name extends string>(
  option: string,
  value: unknown,
  names: readonly Name[],
  taken: readonly string[] = [],
): Chosen<Name> {
  const isNamed = typeof value === 'object' && value !== null;
  const { name, ...options } = (isNamed ? value : { name: value }) as Record<string, ChoiceValue>;
  checkName(option, name, names);
  for (const [key, setting] of Object.entries(options)) {
    if (taken.includes(key)) throw badChoice(option, `'${key}' is an option beside ${option}, not inside it.`, key);
    if (!isChoiceValue(setting)) {
      throw badChoice(option, `expected ${key} to be a number, true, false, a text or a list of numbers.`, key);
    }
  }
  return { ...options, name: name as Name };
}

/** @throws ForecastError `forecast/option` listing the valid names and the nearest */
export function checkName(option: string, name: unknown, names: readonly string[]): void {
  if (names.includes(name as string)) return;
  const hint = nearestName(String(name), names);
  throw badChoice(option, `expected one of ${names.join(', ')}, got '${name}'; did you mean '${hint}'?`, name);
}

const isChoiceValue = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every((item) => typeof item === 'number')
    : ['number', 'boolean', 'string'].includes(typeof value);

function badChoice(option: string, what: string, received: unknown): ForecastError {
  return new ForecastError('forecast/option', `${option}: ${what}`, { option, received });
}
