/** A few series with two rivals each would find one by chance at one standard error. */
const standardErrors = 2;

/**
 * Whether errors are smaller than others by more than two standard errors of the difference, over blocks of neighbouring
 * windows: these share most of their targets, so that one block counts as one observation.
 */
export function isBetter(errors: Float64Array, others: Float64Array, blockSize: number): boolean {
  const blocks = Math.floor(errors.length / blockSize);
  if (blocks < 2) return false;
  const gains = Float64Array.from({ length: blocks }, (_, block) => {
    let gain = 0;
    for (let i = block * blockSize; i < (block + 1) * blockSize; i++) gain += others[i]! - errors[i]!;
    return gain / blockSize;
  });
  const mean = gains.reduce((a, b) => a + b, 0) / blocks;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (blocks - 1);
  return mean > standardErrors * Math.sqrt(variance / blocks);
}
