/** A whole number ≥ 1. */
export const count = (value: unknown): true | string =>
  (Number.isSafeInteger(value) && (value as number) >= 1) || 'to be a whole number >= 1';

/** A whole number ≥ 0. */
export const countOrZero = (value: unknown): true | string =>
  (Number.isSafeInteger(value) && (value as number) >= 0) || 'to be a whole number >= 0';

/** A finite number > 0. */
export const aboveZero = (value: unknown): true | string =>
  (Number.isFinite(value) && (value as number) > 0) || 'to be a number > 0';

/** A finite number ≥ 0. */
export const atLeastZero = (value: unknown): true | string =>
  (Number.isFinite(value) && (value as number) >= 0) || 'to be a number >= 0';

/** A finite number > 1. */
export const aboveOne = (value: unknown): true | string =>
  (Number.isFinite(value) && (value as number) > 1) || 'to be a number > 1';

/** A finite number in (0, 1). */
export const betweenZeroAndOne = (value: unknown): true | string =>
  (Number.isFinite(value) && (value as number) > 0 && (value as number) < 1) || 'to be a number between 0 and 1';

/** true or false. */
export const flag = (value: unknown): true | string => typeof value === 'boolean' || 'to be true or false';

/** A non-empty text. */
export const text = (value: unknown): true | string => (typeof value === 'string' && value !== '') || 'to be a text';

/** A function. */
export const aFunction = (value: unknown): true | string => typeof value === 'function' || 'to be a function';

/** An object (also a class instance). */
export const anObject = (value: unknown): true | string =>
  (typeof value === 'object' && value !== null) || 'to be an object';

/** An object (also a class instance) that has all of these members. */
export const members =
  (...names: readonly string[]) =>
  (value: unknown): true | string => {
    const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
    const missing = isObject ? names.filter((name) => !(name in (value as object))) : names;
    return (
      missing.length === 0 ||
      `to have ${names.join(', ')}${isObject ? `, of which ${missing.join(', ')} is missing` : ''}`
    );
  };

/** A list of texts. */
export const texts = (value: unknown): true | string =>
  (Array.isArray(value) && value.every((item) => typeof item === 'string')) || 'to be a list of texts';

/** A list whose items are all as expected. */
export const listOf =
  (item: (value: unknown) => true | string) =>
  (value: unknown): true | string => {
    if (!Array.isArray(value)) return 'to be a list';
    const index = value.findIndex((one) => item(one) !== true);
    return index < 0 || `item ${index} ${item(value[index])}`;
  };

/** One of some texts. */
export const oneOf =
  (...names: readonly string[]) =>
  (value: unknown): true | string =>
    names.includes(value as string) || `to be one of ${names.map((name) => `'${name}'`).join(', ')}`;

/** Anything that JSON can write. */
export const json = (value: unknown): true | string => {
  try {
    return JSON.stringify(value) !== undefined || 'to be JSON';
  } catch {
    return 'to be JSON';
  }
};
