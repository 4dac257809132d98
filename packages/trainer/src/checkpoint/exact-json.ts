/** JSON that gives back every number bit for bit, also those that plain JSON loses: NaN, ±Infinity, −0. */
export function writeExactJson(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_, item) => (typeof item === 'number' && isLost(item) ? { $number: numberText(item) } : item),
    indent,
  );
}

/** Reads what `writeExactJson` wrote. */
export function readExactJson(text: string): unknown {
  return JSON.parse(text, (_, item) => {
    const isNumber = typeof item === 'object' && item !== null && Object.keys(item).join() === '$number';
    return isNumber ? Number((item as { $number: string }).$number) : item;
  });
}

const isLost = (value: number): boolean => !Number.isFinite(value) || Object.is(value, -0);

const numberText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
