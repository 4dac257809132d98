import { elementwiseRule, type ForwardRun, type NetworkOps, type Tensor, type WindowTensors } from '@nt/tensor';
import type { BlockPlan } from './block-plan.ts';
import type { NhitsNetwork } from './nhits-network.ts';

/**
 * Pooling and linears of one block, checkpointed with `recompute`.
 *
 * @param residual what is left of the input, reversed in time, `[batch, inputSize]`
 * @returns theta `[batch, inputSize + outputs · knots]`
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
  const covariates = (['historic', 'future', 'static'] as const).filter((kind) => window[kind]);
  const theta = (...inputs: T[]): T => {
    const [left, ...rest] = inputs as [T, ...T[]];
    const of = (kind: (typeof covariates)[number]): T | undefined => rest[covariates.indexOf(kind)];
    const parameters = new Map(names.map((name, i) => [name, rest[covariates.length + i]!]));
    const pooled = blockInput(ops, network, block.kernelSize, left, covariates.map(of) as T[]);
    return runLayers(ops, network, index, pooled, parameters, run);
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
  const pool = config.poolingMode === 'MaxPool1d' ? ops.maxPool1d : ops.avgPool1d;
  const flat = (x: T): T => {
    if (x.shape.length === 2) return x;
    const [batch, time, channels] = x.shape as [number, number, number];
    return ops.reshape(pool(x, { kernelSize }), [batch, Math.ceil(time / kernelSize) * channels]);
  };
  const parts = [kernelSize === 1 ? residual : pool(residual, { kernelSize }), ...covariates.map(flat)];
  return parts.length === 1 ? parts[0]! : ops.concat(parts, 1);
}

function runLayers<T extends Tensor>(
  ops: NetworkOps<T>,
  { config, blocks }: NhitsNetwork<T>,
  index: number,
  input: T,
  parameters: ReadonlyMap<string, T>,
  run: ForwardRun,
): T {
  const rate = run.training ? config.dropoutProbTheta : 0;
  const { layers, slopes } = blocks[index]!;
  // Under one counter of the caller's: keys of two passes never meet. At least 1,024, as it was when runs were saved.
  const room = roomFor(layers.length);
  const callsPerPass = Math.max(1024, blocks.length * room);
  let [x, first] = [input, 0];
  for (const [position, layer] of layers.entries()) {
    const isDropped = rate > 0 && layer.dropout;
    const isParametric = layer.activation === 'prelu';
    if (!isDropped && !isParametric && position < layers.length - 1) continue;
    const together = layers.slice(first, position + 1).map(({ name, activation }) => ({
      w: parameters.get(`${name}.weight`)!,
      b: parameters.get(`${name}.bias`)!,
      activation: activation === 'prelu' ? ('linear' as const) : activation,
    }));
    x = ops.mlp(x, together);
    if (isParametric) x = prelu(ops, x, parameters.get(slopes[0]!)!);
    first = position + 1;
    const { random } = run;
    const place = index * room + position;
    const key = () => ({ seed: random.seed, counter: random.counter * callsPerPass + place });
    if (isDropped) x = dropout(ops, x, rate, key);
  }
  return x;
}

/** Keys for a block's calls of dropout, which are one a layer. */
const roomFor = (layers: number): number => Math.max(8, layers);

/** x above 0, slope · x below and at 0, with PyTorch's gradient there. */
function prelu<T extends Tensor>(ops: NetworkOps<T>, x: T, slope: T): T {
  const zero = ops.tensor([0], []);
  return ops.add(ops.maximum(zero, x), ops.mul(slope, ops.minimum(x, zero)));
}

const dropoutRule = elementwiseRule({
  name: 'dropoutMask',
  inputs: ['random'],
  scalars: ['rate', 'scale'],
  definitions: [],
  outputs: [['mask', ['select', ['>=', 'random', 'rate'], 'scale', 0]]],
});

/** Inverted dropout: what stays is scaled by 1 / (1 − rate), as PyTorch. */
function dropout<T extends Tensor>(ops: NetworkOps<T>, x: T, rate: number, key: () => ForwardRun['random']): T {
  const random = ops.randomUniform(x.shape, key);
  const { mask } = ops.elementwise(dropoutRule, { random }, { rate, scale: 1 / (1 - rate) });
  return ops.mul(x, mask);
}
