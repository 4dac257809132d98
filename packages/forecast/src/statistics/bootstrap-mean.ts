import { type BlockBootstrapOptions, type BootstrapInterval, blockBootstrap } from './block-bootstrap.ts';

/**
 * Block-bootstrap interval of a mean, such as the mean difference of two methods' losses: an interval that holds 0 shows
 * no difference. NaN values are left out before blocks are drawn.
 *
 * @param values one for each origin, in time order, in any unit
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`
 */
export function bootstrapMean(values: ArrayLike<number>, options: BlockBootstrapOptions = {}): BootstrapInterval {
  const known = Float64Array.from(values).filter((value) => !Number.isNaN(value));
  const meanOf = (positions: Int32Array): number => {
    let sum = 0;
    for (let i = 0; i < positions.length; i++) sum += known[positions[i]!]!;
    return sum / positions.length;
  };
  return blockBootstrap(known.length, meanOf, options);
}
