import { cannotRead } from './refuse.ts';

type Saved = Readonly<Record<string, unknown>>;

/** What a table has under a name that a file says: nothing that every object has, such as `constructor`. */
export const ownValue = <Value>(table: Readonly<Record<string, Value>>, name: unknown): Value | undefined =>
  typeof name === 'string' && Object.hasOwn(table, name) ? table[name] : undefined;

/**
 * A list of a saved model.
 *
 * @throws LayersError `layers/neuralforecast` for what is no list
 */
export function savedList<Value>(saved: Saved, key: string): readonly Value[] {
  const value = saved[key];
  if (Array.isArray(value)) return value as readonly Value[];
  throw notA('list', key, value);
}

/** Empty where there are none. @throws LayersError `layers/neuralforecast` for what is no list of texts */
export function savedNames(saved: Saved, key: string): readonly string[] {
  const value = saved[key] ?? [];
  if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value;
  throw notA('list of names', key, value);
}

/** Null where there is none. @throws LayersError `layers/neuralforecast` for what is no text */
export function savedText(saved: Saved, key: string): string | null {
  const value = saved[key] ?? null;
  if (value === null || typeof value === 'string') return value;
  throw notA('text', key, value);
}

const notA = (what: string, key: string, value: unknown): ReturnType<typeof cannotRead> =>
  cannotRead(`its ${key} is ${JSON.stringify(value) ?? 'missing'}, no ${what}`, 'copy the folder again', { key });
