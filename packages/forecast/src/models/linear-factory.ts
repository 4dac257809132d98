import { createLinear, type LinearOptions, linearConfig } from '@nt/linear';
import type { ModelFactory } from './model-factory.ts';

/** Makes linear networks, which begin at their centre; a ridge of `@nt/linear` is solved instead, and better. */
export const linearFactory: ModelFactory = {
  modelType: 'linear',
  check: (size, options) => void linearConfig({ ...(options as Partial<LinearOptions>), ...size }),
  create: (ops, size, options, { scope }) =>
    createLinear(ops, { ...(options as Partial<LinearOptions>), ...size }, { scope }),
};
