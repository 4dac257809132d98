import { TensorError } from './tensor-error.ts';

/** @throws TensorError `tensor/option` for a key that is none of `known`, naming the nearest */
export function checkOptions(owner: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const nearest = [...known].sort((a, b) => distance(unknown, a) - distance(unknown, b))[0];
  throw new TensorError(
    'tensor/option',
    `${owner}: unknown option '${unknown}'; did you mean '${nearest}'? Options: ${known.join(', ')}.`,
    { option: unknown, nearest },
  );
}

/** Levenshtein's edit distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
