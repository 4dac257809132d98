import { scaleBack } from '@nt/layers';
import type { NetworkOps, Tensor, WindowTensors } from '@nt/tensor';
import { forecastParts } from './forward-nhits.ts';
import type { NhitsNetwork } from './nhits-network.ts';

/** One summand of a forecast. */
export interface NhitsPart<T extends Tensor> {
  /** Number of the stack, from 0; null for the level, which is the last observed value; `skip` for the linear skip. */
  readonly stack: number | 'skip' | null;
  /** `[batch, horizon, outputs]`, the caller's to dispose. */
  readonly forecast: T;
}

/** The level, the linear skip and each block's contribution; see `NhitsModel.decompose`. */
export function decomposeNhits<T extends Tensor>(
  ops: NetworkOps<T>,
  network: NhitsNetwork<T>,
  window: WindowTensors<T>,
): NhitsPart<T>[] {
  const { horizon, outputs, nBlocks, linearSkip } = network.config;
  const batch = window.input.shape[0]!;
  const ofBlocks = nBlocks.flatMap((count, stack) => new Array<number>(count).fill(stack));
  const stacks = [null, ...(linearSkip ? (['skip'] as const) : []), ...ofBlocks];
  return ops.tidy(() => {
    const run = { training: false, random: { seed: 0, counter: 0 } };
    const { parts, back } = forecastParts(ops, network, window, run);
    const whole = (part: T): T =>
      part.shape.join() === [batch, outputs, horizon].join()
        ? part
        : ops.add(ops.zeros([batch, outputs, horizon]), part);
    return scaleBack(ops, network.config, parts, back).map((part, i) => ({
      stack: stacks[i]!,
      forecast: ops.transpose(whole(part), [0, 2, 1]),
    }));
  });
}
