import { fill, type Tensor } from '@tensorflow/tfjs-core';
import type { DenseLayer } from '../network-ops.ts';
import { productOfLinears } from './product-of-linears.ts';
import { shapeOps } from './shape-ops.ts';

type Layers = readonly DenseLayer<Tensor>[];

/**
 * `run`, with two layers in a row as one where that is less arithmetic. A layer without activation and the next are one
 * linear map, so a large batch goes through the product of their weights, which is computed once, instead of through one
 * after the other: `(x·W₀ + b₀)·W₁ + b₁ = [x 1]·([W₀; b₀]·W₁) + b₁`. The gradients of what was given follow from the same
 * products. Sums round in another order than one by one. Each block of neuralforecast's N-HiTS begins with such a pair.
 */
export function mergingLinears(run: (x: Tensor, layers: Layers) => Tensor, x: Tensor, layers: Layers): Tensor {
  const [first, second, ...rest] = layers;
  if (first?.activation !== 'linear' || !second || !isLessArithmetic(x, second.w)) return run(x, layers);
  const w = productOfLinears({ w: first.w, b: first.b, next: second.w });
  return run(shapeOps.concat([x, fill([x.shape[0]!, 1], 1)], 1), [{ ...second, w }, ...rest]);
}

/** By so much that the dozen small kernels pay that one layer instead of two needs besides. */
function isLessArithmetic({ shape: [batch = 0, inputs = 0] }: Tensor, { shape: [between = 0, outputs = 0] }: Tensor) {
  const oneByOne = batch * between * (inputs + outputs);
  const merged = (inputs + 1) * outputs * (between + batch);
  return oneByOne - merged > Math.max(leastSaved, oneByOne / 20);
}

/** Products of two numbers: about 0.1 ms of a processor core, both ways. */
const leastSaved = 2 ** 22;
