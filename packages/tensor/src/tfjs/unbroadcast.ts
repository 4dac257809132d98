import { broadcast_util, reshape, sum, type Tensor, util } from '@tensorflow/tfjs-core';

/**
 * Undoes broadcasting: sums `gradient` over the axes along which an operand of `shape` was repeated. Never `dy` itself,
 * which tfjs may free while it is still the gradient of another input.
 */
export function unbroadcast(gradient: Tensor, dy: Tensor, shape: number[]): Tensor {
  if (gradient !== dy && util.arraysEqual(gradient.shape, shape)) return gradient;
  const axes = broadcast_util.getReductionAxes(shape, gradient.shape);
  return reshape(axes.length > 0 ? sum(gradient, axes) : gradient, shape);
}
