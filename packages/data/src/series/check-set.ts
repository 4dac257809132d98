import { badOption } from '../check-options.ts';

/** Throws `data/bad-option` unless a value is a set of series; a reading that was not awaited is told as one. */
export function checkSet(owner: string, set: unknown): void {
  checkMade(owner, 'set', set, ['ids', 'offsets', 'lengths'], 'a set of series');
}

/** Throws `data/bad-option` unless a value is what `windows` and `forecastWindows` give. */
export function checkWindows(owner: string, windows: unknown): void {
  checkMade(owner, 'windows', windows, ['set', 'locate', 'count'], 'what windows(set, …) gives');
}

function checkMade(owner: string, name: string, value: unknown, members: readonly string[], what: string): void {
  const made = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  if (members.every((member) => made[member] !== undefined)) return;
  throw badOption(owner, name, typeof made['then'] === 'function' ? `${what}: await the promise of it` : what, value);
}
