import { checkWindow, normalizeWindow, runLayers, type WindowStatistics } from '@nt/layers';
import type { ForwardRun, NetworkOps, Tensor, Variable, WindowTensors } from '@nt/tensor';
import type { BlockPlan } from './block-plan.ts';
import type { NbeatsConfig } from './nbeats-options.ts';
import { type BlockBasis, backcastPart, readTheta } from './read-theta.ts';

/** What a forward pass reads: sizes, weights, functions of time. */
export interface NbeatsNetwork<T extends Tensor> {
  readonly config: NbeatsConfig;
  readonly blocks: readonly BlockPlan[];
  readonly parameters: ReadonlyMap<string, Variable<T>>;
  /** Of each block; null where backcast and forecast are given step by step. */
  readonly bases: readonly (BlockBasis<T> | null)[];
}

/** What is added up, in the window's unit, and the way to the data's. */
export interface ForecastParts<T extends Tensor> {
  /** The last observed value `[batch, 1, 1]`, then each block's `[batch, outputs, horizon]`. */
  readonly parts: readonly T[];
  readonly back: WindowStatistics<T> | null;
}

/** Runs the network. */
export function forecastParts<T extends Tensor>(
  ops: NetworkOps<T>,
  { config, blocks, parameters, bases }: NbeatsNetwork<T>,
  given: WindowTensors<T>,
  run: ForwardRun,
): ForecastParts<T> {
  checkWindow(config, given);
  const { window, back } = normalizeWindow(ops, config.windowNormalization, given, parameters);
  const [batch, inputSize] = window.input.shape as [number, number];
  const mask = window.inputMask && ops.reverse(window.inputMask, 1);
  let residual = ops.reverse(window.input, 1);
  const afterBlock = (block: BlockPlan, index: number, before: T): { readonly left: T; readonly forecast: T } => {
    // Nobody reads what the last block leaves over.
    const unread = index === blocks.length - 1 ? backcastPart(config, block) : 0;
    const place = { ...run, block: index, blocks: blocks.length, dropoutRate: 0, unread };
    const theta = runLayers(ops, block, before, parameters as ReadonlyMap<string, T>, place);
    const { backcast, forecast } = readTheta(ops, config, block, bases[index]!, theta);
    if (!backcast) return { left: before, forecast };
    const left = ops.sub(before, backcast);
    return { left: mask ? ops.mul(left, mask) : left, forecast };
  };
  const forecasts = blocks.map((block, index) => {
    // What no gradient needs of what a block computed on its way is memory for the next block.
    const { left, forecast } = ops.tidy(() => afterBlock(block, index, residual));
    if (left !== residual) ops.dispose(residual);
    residual = left;
    return forecast;
  });
  ops.dispose(residual);
  const last = ops.slice(window.input, [0, inputSize - 1], [batch, 1]);
  return { parts: [ops.reshape(last, [batch, 1, 1]), ...forecasts], back };
}
