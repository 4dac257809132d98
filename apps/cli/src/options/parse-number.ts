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

/** Reads names separated by commas. */
export function names(text: string): string[] {
  const list = text.split(',').map((name) => name.trim());
  if (list.every((name) => name !== '')) return list;
  throw new InvalidArgumentError('Expected names separated by commas.');
}
