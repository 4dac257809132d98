import type { Activation } from '@nt/tensor';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { NtWebgpuBackend } from '../engine/nt-webgpu-backend.ts';
import { type ProductKind, type ProductTile, productName, productShader } from '../wgsl/product-shader.ts';
import { words } from '../wgsl/shader.ts';

/** A product of matrices, float32 in memory. */
export interface Product {
  /** `[…, rows, inner]`, transposed `[…, inner, rows]` */
  readonly a: TensorInfo;
  /** `[…, inner, columns]`, transposed `[…, columns, inner]`; as many matrices as `a`, or one. */
  readonly b: TensorInfo;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** `[columns]` */
  readonly bias?: TensorInfo | undefined;
  readonly activation?: Activation;
  /** Multiplies the result by the derivative of an activation, from what it has put out. */
  readonly through?: { readonly activation: Activation; readonly outputs: TensorInfo } | undefined;
  /** Also gives the sum of the rows of B. */
  readonly columnSums?: boolean;
  /** Where the results lie: in the heap, if it can hold them; as float16, while products have float16 operands. */
  readonly where?: 'heap' | 'half' | undefined;
}

/** From so many workgroups on a large tile leaves no part of a device without work. */
const manyTiles = 256;

/** @returns the product and, where asked for, the column sums */
export function multiply(backend: NtWebgpuBackend, product: Product): TensorInfo[] {
  const {
    a,
    b,
    transposeA = false,
    transposeB = false,
    bias,
    activation = 'linear',
    through,
    columnSums = false,
  } = product;
  const batch = a.shape.slice(0, -2);
  const [rows, inner] = lastTwo(a, transposeA);
  const [, columns] = lastTwo(b, transposeB);
  const { half } = backend.halfProducts;
  const shape = [...batch, rows, columns];
  const isNarrow = product.where === 'half' && half !== undefined && util.sizeFromShape(shape) > 0;
  const where = product.where === 'heap' ? 'heap' : undefined;
  const result = isNarrow && half === 'f16' ? backend.allocateHalf(shape) : backend.allocate(shape, where);
  const sums = columnSums ? [backend.allocate([columns], where)] : [];
  const matrices = util.sizeFromShape(batch);
  if (matrices * columns === 0 || (rows === 0 && !columnSums)) return [result, ...sums];
  // The sums of columns are made by the workgroups of the first rows.
  const tilesOf = (tile: number): number => matrices * Math.ceil(Math.max(rows, 1) / tile) * Math.ceil(columns / tile);
  const tile: ProductTile = tilesOf(64) >= manyTiles ? 64 : 32;
  const kind: ProductKind = {
    transposeA,
    transposeB,
    bias: bias !== undefined,
    activation,
    through: through?.activation ?? 'linear',
    columnSums,
    tile,
    half,
    narrow: {
      a: backend.isHalf(a),
      b: backend.isHalf(b),
      outputs: through !== undefined && backend.isHalf(through.outputs),
      result: isNarrow,
    },
  };
  const isThrough = kind.through !== 'linear';
  const outputs = [result, ...sums];
  const inputs = [a, b, ...(bias ? [bias] : []), ...(isThrough ? [through!.outputs] : [])];
  if (outputs.some((tensor) => backend.blockOf(tensor))) for (const tensor of inputs) backend.moveOutOfHeap(tensor);
  const strideB = util.sizeFromShape(b.shape.slice(0, -2)) > 1 ? inner * columns : 0;
  backend.programs.run({
    name: productName(kind),
    code: () => productShader(kind),
    parameters: words([tilesOf(tile), rows, columns, inner, rows * inner, strideB]),
    bindings: [...inputs, ...outputs].map((tensor) => backend.rangeOf(tensor)),
    workgroups: tilesOf(tile),
  });
  return outputs;
}

function lastTwo({ shape }: TensorInfo, isTransposed: boolean): [number, number] {
  const [first, second] = shape.slice(-2) as [number, number];
  return isTransposed ? [second, first] : [first, second];
}
