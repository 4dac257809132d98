import {
  type Activation,
  activations,
  type DenseLayer,
  elementwiseRule,
  type ForwardRun,
  type NetworkOps,
  type Tensor,
} from '@nt/tensor';

/** Activations of hidden layers: those of `dense`, and `prelu`, whose slope below zero is trained, one a block. */
export const layerActivations: readonly LayerActivation[] = [...activations, 'prelu'];

/** One of `layerActivations`. */
export type LayerActivation = Activation | 'prelu';

/** One linear layer. */
export interface LayerPlan {
  /** PyTorch's parameter name without `.weight` / `.bias`. */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: LayerActivation;
  /** Whether dropout follows (it does after each activation). */
  readonly dropout: boolean;
}

/** The linears of one block. */
export interface BlockLayers {
  readonly layers: readonly LayerPlan[];
  /** Names of the trained slope of `prelu`, empty for other activations: PyTorch names what layers share once for each. */
  readonly slopes: readonly string[];
}

/** Which block of how many runs, and how. */
export interface LayersRun extends ForwardRun {
  readonly block: number;
  readonly blocks: number;
  /** Probability of dropping a hidden value while training. */
  readonly dropoutRate: number;
  /** How many outputs of the last layer, from the first, nobody reads: they are not computed. Default 0. */
  readonly unread?: number;
}

/** PyTorch's for `nn.PReLU`. */
export const initialSlope = 0.25;

/**
 * Linear layers one after the other, each with its activation and dropout. Keys of dropout never meet: neither those of
 * two blocks nor those of two passes.
 *
 * @param input `[batch, inputs]`
 * @param parameters by name; weights `[inputs, outputs]`
 * @returns `[batch, outputs of the last that are read]`
 */
export function runLayers<T extends Tensor>(
  ops: NetworkOps<T>,
  { layers, slopes }: BlockLayers,
  input: T,
  parameters: ReadonlyMap<string, T>,
  run: LayersRun,
): T {
  const rate = run.training ? run.dropoutRate : 0;
  // Under one counter of the caller's. At least 1,024, as it was when runs were saved.
  const room = roomFor(layers.length);
  const callsPerPass = Math.max(1024, run.blocks * room);
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
    if (position === layers.length - 1 && run.unread) together.push(withoutFirst(ops, together.pop()!, run.unread));
    x = ops.mlp(x, together);
    if (isParametric) x = prelu(ops, x, parameters.get(slopes[0]!)!);
    first = position + 1;
    const { random } = run;
    const place = run.block * room + position;
    // A function: where calls are recorded and repeated, each repetition asks again.
    const key = () => ({ seed: random.seed, counter: random.counter * callsPerPass + place });
    if (isDropped) x = dropout(ops, x, rate, key);
  }
  return x;
}

/** The layer without its first outputs; the weights of those get zeros as gradients. */
function withoutFirst<T extends Tensor>(ops: NetworkOps<T>, layer: DenseLayer<T>, count: number): DenseLayer<T> {
  const [inputs, outputs] = layer.w.shape as [number, number];
  const w = ops.slice(layer.w, [0, count], [inputs, outputs - count]);
  return { ...layer, w, b: ops.slice(layer.b, [count], [outputs - count]) };
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
