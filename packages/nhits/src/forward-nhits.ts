import type { ForwardRun, NetworkOps, Tensor, Variable, WindowTensors } from '@nt/tensor';
import { elementwiseRule } from '@nt/tensor';
import type { BlockPlan } from './block-plan.ts';
import { NhitsError } from './nhits-error.ts';
import type { NhitsConfig } from './nhits-options.ts';

/** What a forward pass reads: sizes, weights, constants. */
export interface NhitsNetwork<T extends Tensor> {
  readonly config: NhitsConfig;
  readonly blocks: readonly BlockPlan[];
  readonly parameters: ReadonlyMap<string, Variable<T>>;
  /** Interpolation `[knots, horizon]` of each block. */
  readonly matrices: readonly T[];
}

/** @returns forecast `[batch, horizon, outputs]`; see `createNhits` */
export function forwardNhits<T extends Tensor>(
  ops: NetworkOps<T>,
  network: NhitsNetwork<T>,
  window: WindowTensors<T>,
  run: ForwardRun,
): T {
  const [batch, { horizon, outputs }] = [window.input.shape[0]!, network.config];
  const forecast = forecastParts(ops, network, window, run).reduce((sum, part) => ops.add(sum, part));
  return outputs === 1 ? ops.reshape(forecast, [batch, horizon, 1]) : ops.transpose(forecast, [0, 2, 1]);
}

/** What is added up, in this order: the last observed value `[batch, 1, 1]`, then each block's `[batch, outputs, horizon]`. */
export function forecastParts<T extends Tensor>(
  ops: NetworkOps<T>,
  network: NhitsNetwork<T>,
  window: WindowTensors<T>,
  run: ForwardRun,
): T[] {
  const { config, blocks, matrices } = network;
  checkWindow(config, window);
  const batch = window.input.shape[0]!;
  const { inputSize, outputs } = config;
  const mask = window.inputMask && ops.reverse(window.inputMask, 1);
  const last = ops.slice(window.input, [0, inputSize - 1], [batch, 1]);
  const parts = [ops.reshape(last, [batch, 1, 1])];
  let residual = ops.reverse(window.input, 1);
  blocks.forEach((block, index) => {
    const theta = runLayers(ops, network, index, blockInput(ops, network, block.kernelSize, residual, window), run);
    const backcast = ops.slice(theta, [0, 0], [batch, inputSize]);
    const knots = ops.slice(theta, [0, inputSize], [batch, outputs * block.knots]);
    const left = ops.sub(residual, backcast);
    residual = mask ? ops.mul(left, mask) : left;
    parts.push(ops.constMatMul(ops.reshape(knots, [batch, outputs, block.knots]), matrices[index]!));
  });
  return parts;
}

/** `[pooled y | pooled historic | pooled future | static]`, covariates flattened with time first. */
function blockInput<T extends Tensor>(
  ops: NetworkOps<T>,
  { config }: NhitsNetwork<T>,
  kernelSize: number,
  residual: T,
  window: WindowTensors<T>,
): T {
  const pool = config.poolingMode === 'MaxPool1d' ? ops.maxPool1d : ops.avgPool1d;
  const flat = (x: T): T => {
    const [batch, time, channels] = x.shape as [number, number, number];
    return ops.reshape(pool(x, { kernelSize }), [batch, Math.ceil(time / kernelSize) * channels]);
  };
  const parts = [kernelSize === 1 ? residual : pool(residual, { kernelSize })];
  if (window.historic) parts.push(flat(window.historic));
  if (window.future) parts.push(flat(window.future));
  if (window.static) parts.push(window.static);
  return parts.length === 1 ? parts[0]! : ops.concat(parts, 1);
}

function runLayers<T extends Tensor>(
  ops: NetworkOps<T>,
  network: NhitsNetwork<T>,
  index: number,
  input: T,
  run: ForwardRun,
): T {
  const { config, parameters } = network;
  const rate = run.training ? config.dropoutProbTheta : 0;
  const { layers, slopes } = network.blocks[index]!;
  // Under one counter of the caller's: keys of two passes never meet. At least 1,024, as it was when runs were saved.
  const callsPerPass = Math.max(1024, network.blocks.length * callsPerBlock);
  let [x, first] = [input, 0];
  for (const [position, layer] of layers.entries()) {
    const isDropped = rate > 0 && layer.dropout;
    const isParametric = layer.activation === 'prelu';
    if (!isDropped && !isParametric && position < layers.length - 1) continue;
    const together = layers.slice(first, position + 1).map(({ name, activation }) => ({
      w: parameters.get(`${name}.weight`)! as T,
      b: parameters.get(`${name}.bias`)! as T,
      activation: activation === 'prelu' ? ('linear' as const) : activation,
    }));
    x = ops.mlp(x, together);
    if (isParametric) x = prelu(ops, x, parameters.get(slopes[0]!)!);
    first = position + 1;
    const counter = run.random.counter * callsPerPass + index * callsPerBlock + position;
    if (isDropped) x = dropout(ops, x, rate, { seed: run.random.seed, counter });
  }
  return x;
}

/** Room for a block's calls of dropout, which are one a layer. */
const callsPerBlock = 8;

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
function dropout<T extends Tensor>(ops: NetworkOps<T>, x: T, rate: number, key: ForwardRun['random']): T {
  const random = ops.randomUniform(x.shape, key);
  const { mask } = ops.elementwise(dropoutRule, { random }, { rate, scale: 1 / (1 - rate) });
  return ops.mul(x, mask);
}

function checkWindow<T extends Tensor>(config: NhitsConfig, window: WindowTensors<T>): void {
  const [batch] = window.input.shape;
  const { inputSize, horizon } = config;
  const expectShape = (name: keyof WindowTensors<T>, wanted: readonly (number | undefined)[] | undefined): void => {
    const received = window[name]?.shape;
    if (received?.join() === wanted?.join()) return;
    const text = (shape: readonly (number | undefined)[] | undefined): string => (shape ? `[${shape}]` : 'none');
    throw new NhitsError('nhits/input', `N-HiTS input '${name}': expected ${text(wanted)}, got ${text(received)}.`, {
      name,
      wanted,
      received,
    });
  };
  expectShape('input', [batch, inputSize]);
  if (window.inputMask) expectShape('inputMask', [batch, inputSize]);
  expectShape('historic', config.historic > 0 ? [batch, inputSize, config.historic] : undefined);
  expectShape('future', config.future > 0 ? [batch, inputSize + horizon, config.future] : undefined);
  expectShape('static', config.static > 0 ? [batch, config.static] : undefined);
}
