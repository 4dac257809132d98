/**
 * Whether a value is of a kind, which is a readable text for messages: `min|max` is a choice; `function`, `boolean`,
 * `list of functions`, `list of rising integers > 0` and `number or null` mean what they say; all else is a `number`
 * or an `integer` within the bounds that the text gives.
 */
export function satisfies(value: unknown, kind: string): boolean {
  const says = (word: string): boolean => kind.includes(word);
  if (says('|')) return kind.split('|').includes(value as string);
  if (says('list')) return Array.isArray(value) && value.every(says('functions') ? isFunction : isMilestone);
  if (says('null')) return value === null || Number.isFinite(value);
  if (!says(' ')) return typeof value === kind;
  const number = value as number;
  return (
    Number.isFinite(value) &&
    (says('> 0') ? number > 0 : number >= 0) &&
    !(says('< 1') && number >= 1) &&
    !(says('integer') && number % 1)
  );
}

const isFunction = (value: unknown): boolean => typeof value === 'function';

const isMilestone = (value: unknown, index: number, list: readonly number[]): boolean =>
  satisfies(value, 'integer > 0') && !((value as number) <= list[index - 1]!);
