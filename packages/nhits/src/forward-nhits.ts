import { checkWindow, normalizeWindow, sumInUnit, type WindowStatistics } from '@nt/layers';
import type { ForwardRun, NetworkOps, Tensor, WindowTensors } from '@nt/tensor';
import { linearSkip } from './linear-skip.ts';
import type { NhitsNetwork } from './nhits-network.ts';
import { runBlock } from './run-block.ts';

/** @returns forecast `[batch, horizon, outputs]`; see `createNhits` */
export function forwardNhits<T extends Tensor>(
  ops: NetworkOps<T>,
  network: NhitsNetwork<T>,
  window: WindowTensors<T>,
  run: ForwardRun,
): T {
  const [batch, { horizon, outputs }] = [window.input.shape[0]!, network.config];
  const { parts, back } = forecastParts(ops, network, window, run);
  const forecast = sumInUnit(ops, network.config, parts, back);
  return outputs === 1 ? ops.reshape(forecast, [batch, horizon, 1]) : ops.transpose(forecast, [0, 2, 1]);
}

/** What is added up, in the window's unit, and the way to the data's. */
export interface ForecastParts<T extends Tensor> {
  /** The last observed value `[batch, 1, 1]`, the linear skip if there is one, then each block's `[batch, outputs, horizon]`. */
  readonly parts: readonly T[];
  readonly back: WindowStatistics<T> | null;
}

/** Runs the network. */
export function forecastParts<T extends Tensor>(
  ops: NetworkOps<T>,
  network: NhitsNetwork<T>,
  given: WindowTensors<T>,
  run: ForwardRun,
): ForecastParts<T> {
  const { config, blocks, matrices } = network;
  checkWindow(config, given);
  const { window, back } = normalizeWindow(ops, config.windowNormalization, given, network.parameters);
  const { inputSize, outputs } = config;
  const batch = window.input.shape[0]!;
  const mask = window.inputMask && ops.reverse(window.inputMask, 1);
  const input = config.excludeInsampleY ? ops.mul(window.input, ops.tensor([0], [])) : window.input;
  const last = ops.slice(input, [0, inputSize - 1], [batch, 1]);
  const parts = [ops.reshape(last, [batch, 1, 1])];
  if (config.linearSkip) parts.push(linearSkip(ops, network, { ...window, input }, last));
  let residual = ops.reverse(input, 1);
  const subtracted = (from: T, backcast: T): T => {
    const left = ops.sub(from, backcast);
    return mask ? ops.mul(left, mask) : left;
  };
  const afterBlock = (index: number, before: T): { readonly residual: T; readonly part: T } => {
    const count = outputs * blocks[index]!.knots;
    const theta = runBlock(ops, network, index, before, window, run);
    const isLast = theta.shape[1] === count;
    const knots = isLast ? theta : ops.slice(theta, [0, inputSize], [batch, count]);
    const part = ops.constMatMul(ops.reshape(knots, [batch, outputs, count / outputs]), matrices[index]!);
    return { residual: isLast ? before : subtracted(before, ops.slice(theta, [0, 0], [batch, inputSize])), part };
  };
  for (const index of blocks.keys()) {
    // What no gradient needs of what a block computed on its way is memory for the next block.
    const { residual: left, part } = ops.tidy(() => afterBlock(index, residual));
    if (left !== residual) ops.dispose(residual);
    residual = left;
    parts.push(part);
  }
  ops.dispose(residual);
  return { parts, back };
}
