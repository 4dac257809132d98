/**
 * Second moments of columns: `matrix[i, j]` = Σ over rows of weight · column i · column j. All that a linear regression
 * needs to know of its data, however many rows there were; rows can be added and taken away again.
 */
export interface Moments {
  /** Columns. */
  readonly size: number;
  /** `[size, size]`, of which the upper triangle counts. */
  readonly matrix: Float64Array;
}

/** No rows yet. */
export function emptyMoments(size: number): Moments {
  return { size, matrix: new Float64Array(size * size) };
}

/** Adds other moments of the same columns; a factor of −1 takes them away. */
export function mergeMoments(into: Moments, other: Moments, factor = 1): void {
  for (let i = 0; i < into.matrix.length; i++) into.matrix[i]! += factor * other.matrix[i]!;
}

/** Entry of two columns, in either order. */
export function momentOf({ size, matrix }: Moments, a: number, b: number): number {
  return a < b ? matrix[a * size + b]! : matrix[b * size + a]!;
}
