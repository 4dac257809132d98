/**
 * Whether a value is of a kind, which is a readable text for messages: `list of` another kind, of which numbers must
 * rise; `min|max` is a choice; `function` and `boolean` mean what they say; all else is a `number` or an `integer`
 * within the bounds that the text gives.
 */
export function satisfies(value: unknown, kind: string): boolean {
  const item = kind.split('list of ')[1];
  if (item) return Array.isArray(value) && value.every((one, i) => satisfies(one, item) && !(one - value[i - 1] <= 0));
  if (!/ /.test(kind)) return kind.split('|').includes(value as string) || typeof value === kind;
  const number = value as number;
  return (
    Number.isFinite(value) &&
    (/> 0/.test(kind) ? number > 0 : number >= 0) &&
    !(/< 1/.test(kind) && number >= 1) &&
    !(/integer/.test(kind) && number % 1)
  );
}
