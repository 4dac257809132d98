/** A JSON Schema (2020-12), as far as options need it. */
export type JsonSchema = { readonly [key: string]: unknown };

/** What an option may be in a configuration file, and how that is typed behind its flag. */
export interface ValueKind {
  readonly schema: JsonSchema;
  /** The texts behind the flag, once for each time that it is given; the flag's own reader checks and reads them. */
  words(value: unknown): readonly string[];
}

/** A value as it is typed. */
export const plainWords = (value: unknown): readonly string[] => [String(value)];

/** Says of a reader of texts what it reads. */
export const reading = <Read extends object>(
  read: Read,
  schema: JsonSchema,
  words: ValueKind['words'] = plainWords,
): Read & { readonly kind: ValueKind } => Object.assign(read, { kind: { schema, words } });

/** What a reader reads; a text where it does not say. */
export const kindOf = (read: unknown): ValueKind =>
  (read as { readonly kind?: ValueKind } | undefined)?.kind ?? { schema: { type: 'string' }, words: plainWords };

/** A list, or one alone. */
export const oneOrMore = (items: JsonSchema): JsonSchema => ({ anyOf: [items, { type: 'array', items, minItems: 1 }] });

/** Of a list each; of anything else that. */
export const each = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** A name as `names` of `parse-number.ts` reads it among others. */
export const listedName = (name: unknown): string =>
  /^$|[,"]|^\s|\s$/.test(String(name)) ? `"${String(name).replaceAll('"', '""')}"` : String(name);
