import type { NamedArray } from '@nt/tensor';
import type { OptimizerSnapshot } from '../driver/snapshot.ts';

/** Without the suffix by which tfjs tells two variables of one name apart. */
const original = (name: string): string => name.replace(/_\d+$/, '');

/**
 * Gives a snapshot's arrays the names of the living variables: a model that is loaded beside the one it was saved from
 * has `dense/kernel_1` for `dense/kernel`. Names that are not that clear stay, for `restore` to refuse with its list.
 */
export function renameArrays(snapshot: OptimizerSnapshot, names: readonly string[]): OptimizerSnapshot {
  const keys = Object.keys(snapshot.arrays).map(
    (key) => [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)] as const,
  );
  const saved = [...new Set(keys.map(([, name]) => name))];
  const isUnique = (list: readonly string[]): boolean => new Set(list.map(original)).size === list.length;
  if (saved.every((name) => names.includes(name)) || !isUnique(saved) || !isUnique(names)) return snapshot;
  const living = new Map(names.map((name) => [original(name), name]));
  const arrays: Record<string, NamedArray> = {};
  for (const [slot, name] of keys)
    arrays[`${slot}/${living.get(original(name)) ?? name}`] = snapshot.arrays[`${slot}/${name}`]!;
  return { ...snapshot, arrays };
}
