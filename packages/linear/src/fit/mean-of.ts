/** The mean of matrices. */
export function meanOf(matrices: readonly Float64Array[]): Float64Array {
  return matrices[0]!.map((_, i) => matrices.reduce((sum, matrix) => sum + matrix[i]!, 0) / matrices.length);
}
