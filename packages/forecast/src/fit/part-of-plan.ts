import { type Windows, windows } from '@nt/data';
import type { FitPlan } from './fit-plan.ts';

/**
 * The windows of a part of a plan, over data in their unit: to calibrate on (`validation`), or to judge by (`test`).
 *
 * @throws DataError `data/too-short` when the part holds no window
 */
export function partOfPlan({ set, split, forecaster }: FitPlan, part: 'train' | 'validation' | 'test'): Windows {
  const { inputSize, horizon } = forecaster;
  return windows(set, { inputSize, horizon, ranges: split[part], strict: split.strict });
}
