import { readFileSync } from 'node:fs';

/** A golden file; texts such as 'nan' and '-inf' stand for what JSON lacks. */
export function readGolden<File>(name: string): File {
  const text = readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8');
  return JSON.parse(text, (_, value) => {
    if (value === 'nan') return Number.NaN;
    if (value === 'inf') return Infinity;
    return value === '-inf' ? -Infinity : value;
  }) as File;
}

/** Largest |a − b| / max(|b|, floor); 0 where both are NaN or the same infinity, Infinity where only one is. */
export function worstDifference(received: ArrayLike<number>, expected: ArrayLike<number>, floor = 1e-9): number {
  if (received.length !== expected.length) throw new Error(`lengths differ: ${received.length} and ${expected.length}`);
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    if (Object.is(received[i], expected[i])) continue;
    const difference = Math.abs(received[i]! - expected[i]!) / Math.max(Math.abs(expected[i]!), floor);
    worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
  }
  return worst;
}
