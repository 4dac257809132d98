import { DataError } from '../../src/index.ts';

/** UTF-8 bytes of a text. */
export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The DataError that a call ends in; anything else fails the test. */
export async function errorOf(run: () => unknown): Promise<DataError> {
  try {
    await run();
  } catch (error) {
    if (DataError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('a DataError was expected, nothing was thrown');
}

/** `length` numbers, one apart. */
export function ramp(length: number, from = 0): Float64Array {
  return Float64Array.from({ length }, (_, step) => from + step);
}

/** A CSV of days from 2020-01-01 on with `y` as given. */
export function dailyCsv(values: readonly (number | string)[]): string {
  const day = (step: number) => new Date(Date.UTC(2020, 0, 1 + step)).toISOString().slice(0, 10);
  return `ds,y\n${values.map((value, step) => `${day(step)},${value}`).join('\n')}\n`;
}

/** A CSV of three days; the cells behind the second date, in line 3, are given. */
export function threeDays(cells: string): string {
  return `ds,y\n2020-01-01,1\n2020-01-02,${cells}\n2020-01-03,3\n`;
}
