import type { SeriesSet } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import type { BlendOptions } from './blend-options.ts';
import { filledPool } from './filled-pool.ts';
import type { Blend } from './pool.ts';

/**
 * Fits several forecasters of different kinds and look-back to a data set and blends them by their validation errors:
 * N-HiTS networks that begin at the last value or at a ridge regression, ridges averaged over look-backs, the naive rules.
 * Everything follows from frequency, horizon and data. Where nothing beats a naive rule by more than chance, that rule is
 * the forecast, and `explanation.verdict` says so.
 *
 * Members are trained one after the other. The engine stays the caller's. Nothing of the test part is looked at.
 *
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`, `forecast/no-windows` without a validation window;
 *   DataError `data/too-short`
 * Source: Caruana et al. 2004 (ensemble selection); Challu et al. 2023 (N-HiTS).
 */
export async function fitBlend<T extends Tensor>(
  backend: Backend<T>,
  set: SeriesSet,
  options: BlendOptions,
): Promise<Blend> {
  const { pool, chosen } = await filledPool(backend, set, options);
  try {
    return await pool.blend(chosen);
  } catch (error) {
    pool.dispose();
    throw error;
  }
}
