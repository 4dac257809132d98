import { createNhits, type NhitsOptions, nhitsConfig } from '@nt/nhits';
import type { ModelFactory } from './model-factory.ts';

/** Makes N-HiTS networks. */
export const nhitsFactory: ModelFactory = {
  modelType: 'nhits',
  check: (size, options) => void nhitsConfig({ ...(options as Partial<NhitsOptions>), ...size }),
  // A network that scales each window back would take widths and shapes for values. One read from neuralforecast says so itself.
  forDistribution: (options, distribution) => {
    const { windowNormalization = 'none' } = options;
    return windowNormalization === 'none' ? options : { scaleDecouple: distribution, ...options };
  },
  create: (ops, size, options, init) => createNhits(ops, { ...(options as Partial<NhitsOptions>), ...size }, init),
};
