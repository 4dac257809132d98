/** A point of a line. */
export type Point = readonly [at: number, value: number];

/**
 * At most about `most` points that look like all of them: of each stretch the least and the largest value, in their order.
 * A gap within a stretch stays one.
 */
export function thin(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  const stretch = Math.ceil((2 * points.length) / most);
  const kept: Point[] = [];
  for (let start = 0; start < points.length; start += stretch) {
    let [least, largest, gap] = [-1, -1, -1];
    for (let i = start; i < Math.min(start + stretch, points.length); i++) {
      const value = points[i]![1];
      if (!Number.isFinite(value)) gap = i;
      else {
        if (least < 0 || value < points[least]![1]) least = i;
        if (largest < 0 || value > points[largest]![1]) largest = i;
      }
    }
    const own = [...new Set([least, largest, gap])].filter((i) => i >= 0).sort((a, b) => a - b);
    kept.push(...own.map((i) => points[i]!));
  }
  const last = points.at(-1)!;
  return kept.at(-1) === last ? kept : [...kept, last];
}
