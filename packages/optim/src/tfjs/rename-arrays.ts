import type { NamedArray } from '@nt/tensor';
import type { OptimizerSnapshot, SnapshotCohort } from '../driver/snapshot.ts';

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
  const { cohorts, cohortsBefore } = snapshot.header;
  const saved = [...new Set([...keys.map(([, name]) => name), ...cohorts.flatMap(({ parameters }) => parameters)])];
  const isUnique = (list: readonly string[]): boolean => new Set(list.map(original)).size === list.length;
  if (saved.every((name) => names.includes(name)) || !isUnique(saved) || !isUnique(names)) return snapshot;
  const living = new Map(names.map((name) => [original(name), name]));
  const nameNow = (name: string): string => living.get(original(name)) ?? name;
  const arrays: Record<string, NamedArray> = {};
  for (const [slot, name] of keys) arrays[`${slot}/${nameNow(name)}`] = snapshot.arrays[`${slot}/${name}`]!;
  const renamed = (list: readonly SnapshotCohort[]): SnapshotCohort[] =>
    list.map((cohort) => ({ ...cohort, parameters: cohort.parameters.map(nameNow) }));
  const header = {
    ...snapshot.header,
    cohorts: renamed(cohorts),
    cohortsBefore: cohortsBefore && renamed(cohortsBefore),
  };
  return { header, arrays };
}
