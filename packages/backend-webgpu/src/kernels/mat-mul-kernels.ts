import type { Activation } from '@nt/tensor';
import { env, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelCall, KernelOverride } from '../engine/kernel-call.ts';
import { multiply, type Product } from './multiply.ts';

/**
 * `tf.matMul` with summands in a fixed order: tfjs splits up long products and adds the parts atomically, in another order
 * each time. What is left to tfjs (integers, batches that are repeated) is kept from that.
 */
export const batchMatMulKernel: KernelOverride = (call) => product(call, {}) ?? unsplit(call);

/** Activations of `tf.fused.matMul` that a product applies itself. */
const applied: Readonly<Record<string, Activation>> = { linear: 'linear', relu: 'relu', sigmoid: 'sigmoid' };

/** `tf.fused.matMul`; other activations, and a bias that is not one number for each column, are left to tfjs. */
export const fusedMatMulKernel: KernelOverride = (call) => {
  const { bias } = call.inputs;
  const activation = applied[(call.attributes['activation'] as string | null | undefined) ?? 'linear'];
  const isPlain = !bias || (bias.shape.length === 1 && bias.dtype === 'float32');
  return (activation && isPlain && product(call, { bias, activation })) || unsplit(call);
};

function product(
  { backend, inputs, attributes }: KernelCall,
  how: Pick<Product, 'bias' | 'activation'>,
): TensorInfo | undefined {
  const { a, b } = inputs as Record<'a' | 'b', TensorInfo>;
  const { transposeA = false, transposeB = false } = attributes as { transposeA?: boolean; transposeB?: boolean };
  if (![a, b].every(({ dataId }) => backend.tensorMap.get(dataId).dtype === 'float32')) return undefined;
  const [batchA, batchB] = [a, b].map(({ shape }) => shape.slice(0, -2)) as [number[], number[]];
  const isOneB = batchB.length <= batchA.length && util.sizeFromShape(batchB) === 1;
  const [inner, other] = [a.shape.at(transposeA ? -2 : -1), b.shape.at(transposeB ? -1 : -2)];
  const columns = b.shape.at(transposeB ? -2 : -1);
  const fits = inner === other && (!how.bias || how.bias.shape[0] === columns);
  if (!fits || !(isOneB || util.arraysEqual(batchA, batchB))) return undefined;
  return multiply(backend, { a, b, transposeA, transposeB, ...how })[0]!;
}

/** tfjs's packed product: one thread for each element of the result. */
const packed = 3;

/** tfjs's own kernel, which also reports what does not fit, without the ways that do not sum in order. */
function unsplit({ stock }: KernelCall): TensorInfo {
  const before = env().getNumber('WEBGPU_MATMUL_PROGRAM_TYPE');
  env().set('WEBGPU_MATMUL_PROGRAM_TYPE', packed);
  try {
    return stock!() as TensorInfo;
  } finally {
    env().set('WEBGPU_MATMUL_PROGRAM_TYPE', before);
  }
}
