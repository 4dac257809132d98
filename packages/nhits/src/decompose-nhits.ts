import type { NetworkOps, Tensor, WindowTensors } from '@nt/tensor';
import { forecastParts, type NhitsNetwork } from './forward-nhits.ts';

/** One summand of a forecast. */
export interface NhitsPart<T extends Tensor> {
  /** Number of the stack, from 0; null for the level, which is the last observed value. */
  readonly stack: number | null;
  /** `[batch, horizon, outputs]`, the caller's to dispose. */
  readonly forecast: T;
}

/** The level and each block's contribution; see `NhitsModel.decompose`. */
export function decomposeNhits<T extends Tensor>(
  ops: NetworkOps<T>,
  network: NhitsNetwork<T>,
  window: WindowTensors<T>,
): NhitsPart<T>[] {
  const { horizon, outputs, nBlocks } = network.config;
  const shape = [window.input.shape[0]!, horizon, outputs];
  const stacks = [null, ...nBlocks.flatMap((count, stack) => new Array<number>(count).fill(stack))];
  return ops.tidy(() => {
    const run = { training: false, random: { seed: 0, counter: 0 } };
    const [level, ...blocks] = forecastParts(ops, network, window, run);
    const parts = [ops.add(ops.zeros(shape), level!), ...blocks.map((block) => ops.transpose(block, [0, 2, 1]))];
    return parts.map((forecast, i) => ({ stack: stacks[i]!, forecast }));
  });
}
