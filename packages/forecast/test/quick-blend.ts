import { type SeriesSet, splitByTime, type Windows, windows } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { type Blend, type BlendOptions, fitBlend } from '../src/index.ts';

/** In a moment. */
export const quick: BlendOptions = { horizon: 7, preset: 'fast', maxUpdates: 30, validation: 0.2, test: 0.2 };

export const quickBlend = (
  backend: Backend<Tensor>,
  set: SeriesSet,
  change: Partial<BlendOptions> = {},
): Promise<Blend> => fitBlend(backend, set, { ...quick, ...change });

export const testWindows = (set: SeriesSet): Windows =>
  windows(set, { inputSize: 1, horizon: 7, ranges: splitByTime(set, { validation: 0.2, test: 0.2 }).test });

export const withoutTimes = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, inner) => (['seconds', 'capture'].includes(key) ? undefined : inner)));
