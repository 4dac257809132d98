import { TensorError } from './tensor-error.ts';

/** The sizes of a 1-D pool with ceil mode. */
export interface PoolShape {
  readonly batch: number;
  readonly length: number;
  readonly channels: number;
  /** ⌈length / kernelSize⌉ */
  readonly pooled: number;
  readonly outputShape: readonly number[];
}

/** @throws TensorError `tensor/shape` unless x is `[batch, length]` or `[batch, length, channels]`, kernelSize an integer ≥ 1 */
export function checkPool(shape: readonly number[], kernelSize: number): PoolShape {
  if (shape.length !== 2 && shape.length !== 3) {
    throw new TensorError(
      'tensor/shape',
      `1-D pooling expects [batch, length] or [batch, length, channels], got [${shape}].`,
      { received: shape },
    );
  }
  if (!Number.isInteger(kernelSize) || kernelSize < 1) {
    throw new TensorError('tensor/option', `kernelSize: expected an integer >= 1, got ${kernelSize}.`, {
      received: kernelSize,
    });
  }
  const [batch, length, channels = 1] = shape as [number, number, number?];
  const pooled = Math.ceil(length / kernelSize);
  return { batch, length, channels, pooled, outputShape: [batch, pooled, ...shape.slice(2)] };
}
