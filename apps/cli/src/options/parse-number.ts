import { InvalidArgumentError } from 'commander';

/** Reads a whole number of at least `minimum`. */
export function integer(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= minimum) return value;
    throw new InvalidArgumentError(`Expected a whole number >= ${minimum}.`);
  };
}

/** Reads a number in [minimum, maximum). */
export function number(minimum: number, maximum: number = Number.POSITIVE_INFINITY): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && value >= minimum && value < maximum) return value;
    const limit = maximum === Number.POSITIVE_INFINITY ? '' : ` and < ${maximum}`;
    throw new InvalidArgumentError(`Expected a number >= ${minimum}${limit}.`);
  };
}

/** Reads the size of a part of the data: a fraction below 1, a number of time steps, or the date at which it begins. */
export function part(text: string): number | string {
  if (/^\d{4}-\d\d/.test(text)) return text;
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && (value < 1 || Number.isInteger(value))) return value;
  throw new InvalidArgumentError('Expected a fraction < 1, a whole number of time steps, or a date (2024-01-31).');
}

/** Reads names separated by commas; a name with a comma stands in double quotes: `"Temp, °C",wind`; `""` is the empty text. */
export function names(text: string): string[] {
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
  return (text, before = []) => {
    const wrong = names(text).find((name) => !known.includes(name));
    if (wrong !== undefined) throw new InvalidArgumentError(`Expected some of ${known.join(', ')}, got '${wrong}'.`);
    return [...before, ...names(text)];
  };
}

/** Reads numbers in (minimum, maximum), separated by commas. */
export function numbers(
  minimum: number,
  maximum: number,
): (text: string, before?: readonly number[]) => readonly number[] {
  return (text, before = []) => {
    const values = text.split(',').map((item) => (item.trim() === '' ? Number.NaN : Number(item)));
    if (values.every((value) => value > minimum && value < maximum)) return [...before, ...values];
    throw new InvalidArgumentError(`Expected numbers between ${minimum} and ${maximum}, separated by commas.`);
  };
}
