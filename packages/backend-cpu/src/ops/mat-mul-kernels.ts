import { type Activation, kernelNames } from '@nt/tensor';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { allFloat, type KernelCall, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import { requireFloat } from '../engine/require-float.ts';
import { jsGemm } from '../kernels/js/js-gemm.ts';
import { type GemmActivation, type GemmOperand, halfRow } from '../kernels/kernels.ts';
import { zeros } from './zeros.ts';

/** A product and what follows it. */
export interface Product {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** [columns] */
  readonly bias?: TensorInfo | undefined;
  readonly activation?: GemmActivation;
  readonly slope?: number;
  /** Columns of `a` where it is a result that was stored as bfloat16. */
  readonly halfColumns?: number | undefined;
  /**
   * What the result is stored as; default float32. `bfloat16` is for products that round, of two matrices with elements:
   * int32 `[rows, ⌈columns / 2⌉]`, two of a row to a word.
   */
  readonly storage?: 'float32' | 'bfloat16';
  /** Multiplies the product by the derivative of an activation whose output is `y`, of the product's shape, stored as either. */
  readonly through?: { readonly activation: Activation; readonly y: TensorInfo; readonly slope: number };
}

/** activation(a · b + bias) over the last two axes, whose batches are equal or single (`fits`). */
export function multiply(backend: NtCpuBackend, product: Product): TensorInfo {
  const { a, b, transposeA = false, transposeB = false, bias, halfColumns } = product;
  const aShape = halfColumns === undefined ? a.shape : [a.shape[0]!, halfColumns];
  const [m, k] = matrixShape({ shape: aShape }, transposeA);
  const [, n] = matrixShape(b, transposeB);
  const [aBatch, bBatch] = [util.sizeFromShape(aShape.slice(0, -2)), util.sizeFromShape(b.shape.slice(0, -2))];
  const batch = aBatch === 1 ? bBatch : aBatch;
  const outer = batch === aBatch && aShape.length >= b.shape.length ? aShape : b.shape;
  const shape = [...outer.slice(0, -2), m, n];
  if (m * n * batch === 0) return zeros(backend, shape);
  if (k === 0) return multiplyNothing(backend, product, shape);
  const operands = {
    a: operand(backend, a, transposeA, aBatch, halfColumns === undefined ? undefined : halfRow(halfColumns)),
    b: operand(backend, b, transposeB, bBatch),
  };
  const biasOffset = bias ? backend.offsetOf(bias) : 0;
  const halves = product.storage === 'bfloat16' ? backend.allocate([m, halfRow(n) / 2], 'int32', 'int') : undefined;
  const out = backend.allocate(shape);
  const { activation = 'linear', slope = 0, through } = product;
  backend.kernels.gemm({
    ...{ batch, m, n, k, ...operands, c: backend.offsetOf(out), bias: biasOffset, narrow: backend.rounding.isOn },
    activation: through?.activation ?? activation,
    slope: through?.slope ?? slope,
    derivativeAt: through ? backend.offsetOf(through.y) : 0,
    halves: {
      a: halfColumns !== undefined,
      derivative: through?.y.dtype === 'int32',
      c: halves ? backend.offsetOf(halves) : 0,
    },
  });
  if (!halves) return out;
  backend.disposeIntermediateTensorInfo(out);
  return halves;
}

/** A sum over nothing is 0, so the product of two zero vectors stands for it; rank 2. */
function multiplyNothing(backend: NtCpuBackend, product: Product, shape: readonly number[]): TensorInfo {
  const [m, n] = shape as [number, number];
  const [a, b] = [zeros(backend, [m, 1]), zeros(backend, [1, n])];
  const out = multiply(backend, { ...product, a, b, transposeA: false, transposeB: false });
  for (const zero of [a, b]) backend.disposeIntermediateTensorInfo(zero);
  return out;
}

/** True when the kernel covers these operands: float, inner sizes equal, batches equal or single. */
function fits(backend: NtCpuBackend, { a, b, transposeA = false, transposeB = false, bias }: Product): boolean {
  const [, k] = matrixShape(a, transposeA);
  const [inner] = matrixShape(b, transposeB);
  const [aBatch, bBatch] = [util.sizeFromShape(a.shape.slice(0, -2)), util.sizeFromShape(b.shape.slice(0, -2))];
  return allFloat(backend, a, b, bias) && k === inner && k > 0 && (aBatch === bBatch || aBatch === 1 || bBatch === 1);
}

function matrixShape({ shape }: Pick<TensorInfo, 'shape'>, transposed: boolean): [rows: number, columns: number] {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return transposed ? [columns, rows] : [rows, columns];
}

function operand(
  backend: NtCpuBackend,
  tensor: TensorInfo,
  transposed: boolean,
  batch: number,
  rowLength?: number,
): GemmOperand {
  const [rows, columns] = tensor.shape.slice(-2) as [number, number];
  const row = rowLength ?? columns;
  const strides = transposed ? { row: 1, column: row } : { row, column: 1 };
  return { offset: backend.offsetOf(tensor), ...strides, batch: batch === 1 ? 0 : rows * columns };
}

const batchMatMul: KernelOverride = ({ backend, inputs, attributes }) => {
  const { a, b } = inputs as Record<'a' | 'b', TensorInfo>;
  const product = { a, b, ...(attributes as { transposeA: boolean; transposeB: boolean }) };
  if (isWhole(backend, product)) return multiplyIntegers(backend, product);
  return fits(backend, product) ? multiply(backend, product) : undefined;
};

const isWhole = (backend: NtCpuBackend, { a, b }: Product): boolean =>
  [a, b].every((tensor) => tensor.dtype === 'int32' && backend.storageOf(tensor) === 'int');

/** Counts, such as a confusion matrix: exact, in plain loops. */
function multiplyIntegers(
  backend: NtCpuBackend,
  { a, b, transposeA = false, transposeB = false }: Product,
): TensorInfo | undefined {
  const [m, k] = matrixShape(a, transposeA);
  const [inner, n] = matrixShape(b, transposeB);
  const batch = util.sizeFromShape(a.shape.slice(0, -2));
  const shape = [...a.shape.slice(0, -2), m, n];
  if (k !== inner || m * n * k * batch === 0 || !util.arraysEqual(a.shape.slice(0, -2), b.shape.slice(0, -2)))
    return undefined;
  const operands = { a: operand(backend, a, transposeA, batch), b: operand(backend, b, transposeB, batch) };
  const out = backend.allocate(shape, 'int32', 'int');
  const finish = { bias: 0, activation: 'linear', slope: 0, derivativeAt: 0 } as const;
  jsGemm(backend.heap.ints, { ...operands, ...finish, batch, m, n, k, c: backend.offsetOf(out) });
  return out;
}

/** tfjs's names of the activations that the product can apply itself. */
const activations: Readonly<Record<string, GemmActivation>> = {
  linear: 'linear',
  relu: 'relu',
  relu6: 'relu6',
  elu: 'elu',
  sigmoid: 'sigmoid',
  leakyrelu: 'leakyRelu',
};

/** The activation that tfjs asks for, when the product can apply it; `linear` when it asks for none. */
export function gemmActivationOf(name: string | undefined): GemmActivation | undefined {
  return activations[name ?? 'linear'];
}

interface FusedAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly activation?: string;
  readonly leakyreluAlpha?: number;
}

const fusedMatMul: KernelOverride = ({ backend, inputs, attributes }) => {
  const { a, b, bias } = inputs as Record<'a' | 'b' | 'bias', TensorInfo>;
  const { transposeA, transposeB, activation, leakyreluAlpha = 0.2 } = attributes as unknown as FusedAttributes;
  const known = gemmActivationOf(activation);
  const columns = b.shape.at(transposeB ? -2 : -1);
  const biasFits = !bias || (bias.shape.length === 1 && bias.shape[0] === columns);
  if (!known || !biasFits) return undefined;
  const product = { a, b, transposeA, transposeB, bias, activation: known, slope: leakyreluAlpha };
  return fits(backend, product) ? multiply(backend, product) : undefined;
};

/** x · matrix, or x · matrixᵀ. */
export function constMatMulKernel({ backend, inputs, attributes }: KernelCall): TensorInfo {
  const { x, matrix } = inputs as Record<'x' | 'matrix', TensorInfo>;
  requireFloat(backend, kernelNames.constMatMul, { x, matrix });
  return multiply(backend, { a: x, b: matrix, transposeB: attributes['transposeMatrix'] as boolean });
}

/** Matrix products in every transposition. */
export const matMulKernels: KernelTable = { BatchMatMul: batchMatMul, _FusedMatMul: fusedMatMul };
