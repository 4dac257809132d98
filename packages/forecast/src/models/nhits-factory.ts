import { createNhits, type NhitsOptions, nhitsConfig } from '@nt/nhits';
import type { ModelFactory } from './model-factory.ts';

/** Makes N-HiTS networks. */
export const nhitsFactory: ModelFactory = {
  modelType: 'nhits',
  check: (size, options) => void nhitsConfig({ ...(options as Partial<NhitsOptions>), ...size }),
  create: (ops, size, options, init) => createNhits(ops, { ...(options as Partial<NhitsOptions>), ...size }, init),
};
