/**
 * The name with the fewest edits (insert, remove, replace a letter) from `found`, ignoring case; what `found` is the
 * beginning of is nearer than any other. Undefined without names.
 */
export function nearestName(found: string, names: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const [a, b] = [found.toLowerCase(), name.toLowerCase()];
    const edits = a.length > 2 && b.startsWith(a) ? 0 : editDistance(a, b);
    if (edits < fewest) [nearest, fewest] = [name, edits];
  }
  return nearest;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = above[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, above[column]! + 1, current[column - 1]! + 1));
    }
    above = current;
  }
  return above[b.length]!;
}
