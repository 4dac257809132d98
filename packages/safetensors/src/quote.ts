const maxCharacters = 100;
const maxItems = 16;

/**
 * A text from a file as a message shows it: as JSON, and cut. A hostile name of 100 MB must not become an error message
 * of 600 MB, which loggers would copy on.
 */
export function quote(text: string): string {
  if (text.length <= maxCharacters) return JSON.stringify(text);
  return `${JSON.stringify(text.slice(0, maxCharacters))}… (${text.length} characters)`;
}

/** A list from a file as a message shows it, cut likewise. */
export function quoteList(items: readonly unknown[]): string {
  const shown = items.slice(0, maxItems).map((item) => (typeof item === 'string' ? quote(item) : kindOf(item)));
  return `[${shown.join(', ')}${items.length > maxItems ? `, … (${items.length} items)` : ''}]`;
}

/** A text, or a list and the texts in it, as the details of an error hold it: whole when a program could use it. */
export function cut<Value extends string | readonly unknown[]>(value: Value): Value {
  if (typeof value === 'string') return value.slice(0, maxCharacters) as Value;
  return value.slice(0, maxItems).map((item) => (typeof item === 'string' ? cut(item) : item)) as unknown as Value;
}

/** A number as it is written, anything else by the word for what it is: `minus zero`, `null`, `a Map`. */
export function kindOf(value: unknown): string {
  if (Object.is(value, -0)) return '-0';
  if (value === null || value === undefined || typeof value === 'number') return String(value);
  if (typeof value === 'string') return `the text ${quote(value)}`;
  if (typeof value !== 'object') return `a ${typeof value}`;
  return `a ${typedArrayName(value) ?? Object.prototype.toString.call(value).slice('[object '.length, -1)}`;
}

// Calls the getter that all typed arrays inherit: it answers across realms, and not for objects that only claim a name.
const readTag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)?.get;

/** `Float32Array` for one, also of another realm; undefined for whatever is no typed array. */
export function typedArrayName(value: unknown): string | undefined {
  return readTag?.call(value);
}
