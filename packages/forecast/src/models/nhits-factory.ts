import { createNhits, type NhitsOptions, nhitsConfig } from '@nt/nhits';
import { inWindowScale } from './in-window-scale.ts';
import type { ModelFactory } from './model-factory.ts';

/** Makes N-HiTS networks. */
export const nhitsFactory: ModelFactory = {
  modelType: 'nhits',
  check: (size, options) => void nhitsConfig({ ...(options as Partial<NhitsOptions>), ...size }),
  forDistribution: inWindowScale,
  create: (ops, size, options, init) => createNhits(ops, { ...(options as Partial<NhitsOptions>), ...size }, init),
};
