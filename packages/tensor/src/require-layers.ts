import type { DenseLayer } from './network-ops.ts';
import type { Tensor } from './tensor.ts';
import { TensorError } from './tensor-error.ts';

/** Checks the shapes of `dense` and `mlp` before an engine sees them. @throws TensorError `tensor/shape` */
export function requireLayers<T extends Tensor>(x: T, layers: readonly DenseLayer<T>[]): void {
  if (layers.length === 0) throw new TensorError('tensor/shape', 'mlp: expected at least one layer, got none.');
  let inputs = x.shape.length === 2 ? x.shape[1] : undefined;
  for (const [index, { w, b }] of layers.entries()) {
    const fits = w.shape.length === 2 && b.shape.length === 1 && w.shape[0] === inputs && b.shape[0] === w.shape[1];
    if (!fits) throw misfit(x, layers, index);
    inputs = w.shape[1];
  }
}

function misfit<T extends Tensor>(x: T, layers: readonly DenseLayer<T>[], index: number): TensorError {
  const { w, b } = layers[index]!;
  const where = layers.length === 1 ? 'dense' : `mlp, layer ${index + 1} of ${layers.length}`;
  const input = index === 0 ? `x [${x.shape}]` : `[batch, ${layers[index - 1]!.w.shape[1]}] from the layer before`;
  return new TensorError(
    'tensor/shape',
    `${where}: expected x [batch, inputs], w [inputs, outputs], b [outputs]; got ${input}, w [${w.shape}], b [${b.shape}].`,
    { layer: index, x: x.shape, w: w.shape, b: b.shape },
  );
}
