import type { Loss } from '@nt/trainer/losses';
import type { Head } from './head.ts';

/** One number for each time step: what minimises the loss, the median for `mae`, the mean for `mse`. */
export function pointHead(loss: Loss): Head {
  return { outputs: 1, quantiles: [], data: 'any scale', loss, read: (outputs) => ({ point: outputs, quantiles: [] }) };
}
