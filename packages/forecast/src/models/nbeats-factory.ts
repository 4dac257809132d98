import { createNbeats, type NbeatsOptions, nbeatsConfig } from '@nt/nbeats';
import { inWindowScale } from './in-window-scale.ts';
import type { ModelFactory } from './model-factory.ts';

/** Makes N-BEATS networks. */
export const nbeatsFactory: ModelFactory = {
  modelType: 'nbeats',
  check: (size, options) => void nbeatsConfig({ ...(options as Partial<NbeatsOptions>), ...size }),
  forDistribution: inWindowScale,
  create: (ops, size, options, init) => createNbeats(ops, { ...(options as Partial<NbeatsOptions>), ...size }, init),
};
