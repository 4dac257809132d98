import { createNhits, type NhitsOptions } from '@nt/nhits';
import type { ModelFactory } from './model-factory.ts';

/** Makes N-HiTS networks. */
export const nhitsFactory: ModelFactory = {
  modelType: 'nhits',
  create: (ops, size, options, init) => createNhits(ops, { ...(options as Partial<NhitsOptions>), ...size }, init),
};
