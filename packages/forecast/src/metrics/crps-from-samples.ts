import { badArgument } from '../check-arguments.ts';
import { checkMetric, type MetricOptions, meanOver } from './metric-options.ts';

/**
 * Continuous ranked probability score of the empirical distribution of samples: mean |x − y| − ½ mean |x − x′|, in the
 * data's unit; `mae` for one sample. NaN when no value counts (see `mae`).
 *
 * @param samples `[values, samples]`, a row of samples for each actual value, in any order
 * Source: Gneiting & Raftery 2007, equation 21, over all pairs of samples (properscoring's definition, not the "fair" one).
 */
export function crpsFromSamples(
  actual: ArrayLike<number>,
  samples: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  checkMetric('crpsFromSamples', actual, {}, options);
  const count = actual.length === 0 ? 0 : samples.length / actual.length;
  if (!Number.isInteger(count) || (count === 0 && actual.length > 0)) {
    throw badArgument(
      `crpsFromSamples: expected as many samples for each of ${actual.length} values, got ${samples.length} in all.`,
      { values: actual.length, received: samples.length },
    );
  }
  const row = new Float64Array(count);
  return meanOver(actual, options, (y, i) => {
    for (let k = 0; k < count; k++) row[k] = samples[i * count + k]!;
    row.sort();
    let distance = 0;
    let spread = 0;
    // Sorted, x₍ₖ₎ is the larger in k pairs and the smaller in count − 1 − k.
    for (let k = 0; k < count; k++) {
      distance += Math.abs(row[k]! - y);
      spread += (2 * k - count + 1) * row[k]!;
    }
    return distance / count - spread / count ** 2;
  });
}
