/**
 * Name of a checkpoint: a running number, then the completed updates, e.g. `000007-update-1200`. Sorted by name they
 * are in the order of writing, also when a run went back to an earlier one.
 */
export function nextCheckpointName(existing: readonly string[], update: number): string {
  const last = existing.reduce((highest, name) => Math.max(highest, sequenceOf(name)), 0);
  return `${String(last + 1).padStart(6, '0')}-update-${update}`;
}

/** The running number in a name; 0 for names that are not of our making. */
export function sequenceOf(name: string): number {
  const match = /^(\d{6,})-update-\d+$/.exec(name);
  return match ? Number(match[1]) : 0;
}

/** The completed updates in a name of our making. */
export function updateOf(name: string): number {
  return Number(name.slice(name.lastIndexOf('-') + 1));
}

/** Ours, in the order of writing. */
export function checkpointNames(entries: readonly string[]): string[] {
  return entries.filter((name) => sequenceOf(name) > 0).sort((a, b) => sequenceOf(a) - sequenceOf(b));
}
