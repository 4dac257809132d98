import { runLayers } from '@nt/layers';
import type { ForwardRun, NetworkOps, Tensor, WindowTensors } from '@nt/tensor';
import type { BlockPlan } from './block-plan.ts';
import type { NhitsNetwork } from './nhits-network.ts';

/**
 * Pooling and linears of one block, checkpointed with `recompute`.
 *
 * @param residual what is left of the input, reversed in time, `[batch, inputSize]`
 * @returns theta `[batch, inputSize + outputs · knots]`: the backcast, then the knots, which is all that the last block has
 */
export function runBlock<T extends Tensor>(
  ops: NetworkOps<T>,
  network: NhitsNetwork<T>,
  index: number,
  residual: T,
  window: WindowTensors<T>,
  run: ForwardRun,
): T {
  const block = network.blocks[index]!;
  const names = parameterNames(block);
  const { dropoutProbTheta: dropoutRate } = network.config;
  const blocks = network.blocks.length;
  const unread = index === blocks - 1 ? network.config.inputSize : 0;
  const layersRun = { ...run, block: index, blocks, dropoutRate, unread };
  const covariates = (['historic', 'future', 'static'] as const).filter((kind) => window[kind]);
  const theta = (...inputs: T[]): T => {
    const [left, ...rest] = inputs as [T, ...T[]];
    const of = (kind: (typeof covariates)[number]): T | undefined => rest[covariates.indexOf(kind)];
    const parameters = new Map(names.map((name, i) => [name, rest[covariates.length + i]!]));
    const pooled = blockInput(ops, network, block.kernelSize, left, covariates.map(of) as T[]);
    return runLayers(ops, block, pooled, parameters, layersRun);
  };
  const inputs = [residual, ...covariates.map((kind) => window[kind]!)];
  const weights = names.map((name) => network.parameters.get(name)! as T);
  return (network.config.recompute ? ops.recompute(theta) : theta)(...inputs, ...weights);
}

const parameterNames = ({ layers, slopes }: BlockPlan): string[] => [
  ...layers.flatMap(({ name }) => [`${name}.weight`, `${name}.bias`]),
  ...slopes.slice(0, 1),
];

/** `[pooled y | pooled historic | pooled future | static]`, covariates flattened with time first. */
function blockInput<T extends Tensor>(
  ops: NetworkOps<T>,
  { config }: NhitsNetwork<T>,
  kernelSize: number,
  residual: T,
  covariates: readonly T[],
): T {
  const poolOver = config.poolingMode === 'MaxPool1d' ? ops.maxPool1d : ops.avgPool1d;
  // A stack may look at a scale beyond the window: that is the whole window, and engines count in 32 bits.
  const pool = (x: T): T => poolOver(x, { kernelSize: Math.min(kernelSize, x.shape[1]!) });
  const flat = (x: T): T => {
    if (x.shape.length === 2) return x;
    const [batch, time, channels] = x.shape as [number, number, number];
    return ops.reshape(pool(x), [batch, Math.ceil(time / kernelSize) * channels]);
  };
  const parts = [kernelSize === 1 ? residual : pool(residual), ...covariates.map(flat)];
  return parts.length === 1 ? parts[0]! : ops.concat(parts, 1);
}
