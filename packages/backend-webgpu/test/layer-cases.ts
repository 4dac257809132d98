import { type Activation, activations, type NetworkOps, type Tensor, type Variable } from '@nt/tensor';
import { type KernelCase, uniform } from './kernel-case.ts';

type Sizes = readonly [batch: number, ...widths: number[]];

/** Layers of these widths, the activation after each. */
function layers<T extends Tensor>(ops: NetworkOps<T>, [batch, ...widths]: Sizes, activation: Activation): Layers<T> {
  const made = widths.slice(1).map((outputs, i) => ({
    w: ops.variable(uniform(ops, [widths[i]!, outputs], i + 3), { name: `kernel-cases.w${i}` }),
    b: ops.variable(uniform(ops, [outputs], i + 5), { name: `kernel-cases.b${i}` }),
    activation,
  }));
  return { x: ops.variable(uniform(ops, [batch, widths[0]!], 2), { name: 'kernel-cases.x' }), layers: made };
}

interface Layers<T extends Tensor> {
  readonly x: Variable<T>;
  readonly layers: readonly { readonly w: Variable<T>; readonly b: Variable<T>; readonly activation: Activation }[];
}

const forwardCase = (sizes: Sizes, activation: Activation): KernelCase => ({
  name: `layers ${sizes.join(' ')} ${activation}`,
  run: (ops) => {
    const made = layers(ops, sizes, activation);
    return [ops.mlp(made.x, made.layers)];
  },
});

/** Gradients of a weighted sum of the outputs; the reference has them from differences. */
const gradientCase = (sizes: Sizes, activation: Activation): KernelCase => ({
  name: `gradients of layers ${sizes.join(' ')} ${activation}`,
  run: <T extends Tensor>(ops: NetworkOps<T>) => {
    const made = layers(ops, sizes, activation);
    const factor = uniform(ops, [sizes[0], sizes.at(-1)!], 9);
    const variables = [made.x, ...made.layers.flatMap(({ w, b }) => [w, b])];
    const { grads } = ops.variableGrads(() => ops.sum(ops.mul(ops.mlp(made.x, made.layers), factor)), variables);
    return variables.map(({ name }) => grads[name]!);
  },
});

/** Layers and their gradients. */
export const layerCases: readonly KernelCase[] = [
  ...activations.map((activation) => forwardCase([17, 33, 65], activation)),
  ...(
    [
      [17, 0, 5],
      [0, 3, 5],
      [3, 5, 0],
      [65, 3, 130, 1],
    ] as const
  ).map((sizes) => forwardCase(sizes, 'relu')),
  ...(['linear', 'tanh', 'softplus', 'sigmoid'] as const).map((activation) => gradientCase([5, 3, 17, 2], activation)),
  ...(
    [
      [17, 33, 35],
      [1, 1, 1],
      [0, 3, 5, 2],
      [3, 0, 2],
    ] as const
  ).map((sizes) => gradientCase(sizes, 'tanh')),
];
