import type { NetworkOps, Tensor } from '@nt/tensor';
import { TrainerError } from '../trainer-error.ts';

/**
 * The outputs of a prediction, each `[batch, horizon]`.
 *
 * @throws TrainerError `trainer/bad-shape` unless prediction is `[batch, horizon, expected]` and target `[batch, horizon]`
 */
export function outputsOf<T extends Tensor>(
  ops: NetworkOps<T>,
  loss: string,
  prediction: T,
  target: T,
  expected: number,
): T[] {
  checkShapes(loss, prediction, target, expected);
  const [batch, horizon] = target.shape as [number, number];
  if (expected === 1) return [ops.reshape(prediction, [batch, horizon])];
  return Array.from({ length: expected }, (_, output) =>
    ops.reshape(ops.slice(prediction, [0, 0, output], [batch, horizon, 1]), [batch, horizon]),
  );
}

/** @throws TrainerError `trainer/bad-shape` */
export function checkShapes(loss: string, prediction: Tensor, target: Tensor, outputs: number): void {
  if (target.shape.length === 2 && prediction.shape.join() === [...target.shape, outputs].join()) return;
  throw new TrainerError(
    'trainer/bad-shape',
    `${loss}: expected target [batch, horizon] and prediction [batch, horizon, ${outputs}]; found [${target.shape}] and [${prediction.shape}].`,
    { loss, target: target.shape, prediction: prediction.shape, outputs },
  );
}
