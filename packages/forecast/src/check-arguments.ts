import { ForecastError } from './forecast-error.ts';

export { checkKeys } from './options/check-keys.ts';

/** @throws ForecastError `forecast/option` */
export function checkInteger(name: string, value: number, minimum: number): void {
  if (Number.isInteger(value) && value >= minimum) return;
  throw badArgument(`${name}: expected an integer >= ${minimum}, got ${value}.`, { option: name, received: value });
}

/** What a caller handed in is not what `what` promises: `forecast/option`. */
export function badArgument(what: string, details: Readonly<Record<string, unknown>> = {}): ForecastError {
  return new ForecastError('forecast/option', what, details);
}

/** @throws ForecastError `forecast/option` unless 0 < value < 1 (NaN is refused too) */
export function checkFraction(owner: string, name: string, value: number): void {
  if (value > 0 && value < 1) return;
  throw badArgument(`${owner}: ${name}: expected a number between 0 and 1 (both excluded), got ${value}.`, {
    option: name,
    received: value,
  });
}

/** @throws ForecastError `forecast/option` unless the array has `expected` numbers; `shape` says in words why so many */
export function checkLength(
  owner: string,
  name: string,
  array: ArrayLike<unknown> | undefined,
  expected: number,
  shape: string,
): void {
  if (array?.length === expected) return;
  throw badArgument(`${owner}: ${name}: expected ${expected} numbers (${shape}), got ${array?.length ?? 'none'}.`, {
    option: name,
    expected,
    received: array?.length,
  });
}
