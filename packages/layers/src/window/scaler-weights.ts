import type { ParameterStore } from '../parameter-store.ts';
import { revinNames } from './normalize-window.ts';
import type { WindowNormalization } from './window-statistics.ts';

/** Adds what a window's scaler trains: `revin`'s bias and weight, 0 and 1. @param channels target, historic and future */
export function addScalerWeights(
  { add }: Pick<ParameterStore<never>, 'add'>,
  normalization: WindowNormalization,
  channels: number,
): void {
  if (normalization !== 'revin') return;
  add(revinNames.bias, undefined, [1, channels, 1, 1]);
  add(revinNames.weight, new Array<number>(channels).fill(1), [1, channels, 1, 1]);
}
