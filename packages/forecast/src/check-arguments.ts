import { ForecastError } from './forecast-error.ts';

export { checkKeys } from './options/check-keys.ts';

/** @throws ForecastError `forecast/option` */
export function checkInteger(name: string, value: number, minimum: number): void {
  if (Number.isInteger(value) && value >= minimum) return;
  throw badArgument(
    `${name}: expected an integer >= ${minimum}, got ${typeof value === 'number' ? value : nameOf(value)}.`,
    { option: name, received: value },
  );
}

/** @throws ForecastError `forecast/option` unless it is true or false, or not given */
export function checkFlag(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'boolean') return;
  throw badArgument(`${name}: expected true or false, got ${typeof value}.`, { option: name, received: value });
}

/** @throws ForecastError `forecast/option` unless it is a list, or not given */
export function checkList(name: string, value: unknown, of: string): void {
  if (value === undefined || Array.isArray(value)) return;
  throw badArgument(`${name}: expected a list of ${of}, got ${nameOf(value)}.`, { option: name, received: value });
}

/**
 * @param methods what it is asked for; none: it is called itself
 * @throws ForecastError `forecast/option` unless it can be used as `what`, or is not given
 */
export function checkUsable(name: string, value: unknown, what: string, methods: readonly string[]): void {
  if (value === undefined) return;
  const members = (value ?? {}) as Readonly<Record<string, unknown>>;
  const called = methods.length === 0 ? [value] : methods.map((method) => members[method]);
  if (called.every((one) => typeof one === 'function')) return;
  throw badArgument(`${name}: expected ${what}, got ${nameOf(value)}.`, { option: name, received: value });
}

/** @throws ForecastError `forecast/option` unless it is a set of series */
export function checkSet(set: unknown): void {
  if (Array.isArray((set as { readonly ids?: unknown } | null | undefined)?.ids)) return;
  throw badArgument(
    `expected a set of series, as the readers of @nt/data give it (seriesFromArrays for arrays); got ${nameOf(set)}.`,
    { option: 'set', received: set },
  );
}

/** @throws ForecastError `forecast/option` unless it is an `AbortSignal`, or not given */
export const checkSignal = (value: unknown): void =>
  checkUsable('signal', value, 'an AbortSignal', ['throwIfAborted', 'addEventListener']);

const nameOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'string'
        ? `the text '${value}'`
        : typeof value;

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
