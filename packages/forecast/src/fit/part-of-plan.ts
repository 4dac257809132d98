import { type Windows, windows } from '@nt/data';
import { checkName } from '../options/choice.ts';
import type { FitPlan } from './fit-plan.ts';

/**
 * The windows of a part of a plan, over data in their unit: to calibrate on (`validation`), or to judge by (`test`).
 *
 * @throws ForecastError `forecast/option` for another part; DataError `data/too-short` when the part holds no window
 */
export function partOfPlan({ set, split, forecaster }: FitPlan, part: 'train' | 'validation' | 'test'): Windows {
  checkName('part', part, ['train', 'validation', 'test']);
  const { inputSize, horizon } = forecaster;
  return windows(set, { inputSize, horizon, ranges: split[part], strict: split.strict });
}
