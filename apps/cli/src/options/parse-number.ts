import { InvalidArgumentError } from 'commander';
import { each, listedName, plainWords, reading } from './value-kind.ts';

/** Reads a whole number of at least `minimum`. */
export function integer(minimum: number): (text: string) => number {
  const read = (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= minimum) return value;
    throw new InvalidArgumentError(`Expected a whole number >= ${minimum}.`);
  };
  return reading(read, { type: 'integer', minimum });
}

/** Reads a number in [minimum, maximum). */
export function number(minimum: number, maximum: number = Number.POSITIVE_INFINITY): (text: string) => number {
  const isLimited = maximum !== Number.POSITIVE_INFINITY;
  const read = (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && value >= minimum && value < maximum) return value;
    throw new InvalidArgumentError(`Expected a number >= ${minimum}${isLimited ? ` and < ${maximum}` : ''}.`);
  };
  return reading(read, { type: 'number', minimum, ...(isLimited && { exclusiveMaximum: maximum }) });
}

/** Reads the size of a part of the data: a fraction below 1, a number of time steps, or the date at which it begins. */
export const part: (text: string) => number | string = reading(readPart, {
  anyOf: [
    { type: 'number', minimum: 0 },
    { type: 'string', pattern: '^\\d{4}-\\d\\d' },
  ],
});

function readPart(text: string): number | string {
  if (/^\d{4}-\d\d/.test(text)) return text;
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && (value < 1 || Number.isInteger(value))) return value;
  throw new InvalidArgumentError('Expected a fraction < 1, a whole number of time steps, or a date (2024-01-31).');
}

/** Reads names separated by commas; a name with a comma stands in double quotes: `"Temp, °C",wind`; `""` is the empty text. */
export const names: (text: string) => string[] = reading(
  readNames,
  { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
  nameWords,
);

function nameWords(value: unknown): readonly string[] {
  return [each(value).map(listedName).join(',')];
}

function readNames(text: string): string[] {
  const list: string[] = [];
  for (const match of text.matchAll(/\s*(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))(?:,|$)/g)) {
    const [all, quoted, plain] = match;
    // After the last comma-less item the pattern matches once more, the empty end.
    if (all === '' && match.index === text.length && list.length > 0 && !text.endsWith(',')) break;
    const name = quoted === undefined ? plain!.trim() : quoted.replaceAll('""', '"');
    if (quoted === undefined && name === '')
      throw new InvalidArgumentError('Expected names separated by commas (the empty text is "").');
    list.push(name);
  }
  return list;
}

/** Reads some of `known`, separated by commas; a flag that is given again adds to what it gave before. */
export function listed(known: readonly string[]): (text: string, before?: readonly string[]) => readonly string[] {
  const read = (text: string, before: readonly string[] = []): readonly string[] => {
    const wrong = names(text).find((name) => !known.includes(name));
    if (wrong !== undefined) throw new InvalidArgumentError(`Expected some of ${known.join(', ')}, got '${wrong}'.`);
    return [...before, ...names(text)];
  };
  return reading(read, { type: 'array', items: { enum: known } }, nameWords);
}

/** Reads numbers in (minimum, maximum), separated by commas. */
export function numbers(
  minimum: number,
  maximum: number,
): (text: string, before?: readonly number[]) => readonly number[] {
  const read = (text: string, before: readonly number[] = []): readonly number[] => {
    const values = text.split(',').map((item) => (item.trim() === '' ? Number.NaN : Number(item)));
    if (values.every((value) => value > minimum && value < maximum)) return [...before, ...values];
    throw new InvalidArgumentError(`Expected numbers between ${minimum} and ${maximum}, separated by commas.`);
  };
  const items = { type: 'number', exclusiveMinimum: minimum, exclusiveMaximum: maximum };
  return reading(read, { type: 'array', items, minItems: 1 }, (value) => [each(value).flatMap(plainWords).join(',')]);
}
