import type { DenseLayer, NetworkOps } from '../network-ops.ts';
import { requireLayers } from '../require-layers.ts';
import { TensorError } from '../tensor-error.ts';
import { activate } from './activate.ts';
import type { ReferenceTensor } from './reference-tensor.ts';
import { sizeOf, stridesOf } from './shapes.ts';
import type { TensorStore } from './tensor-store.ts';

/** Matrix products, and what is built of them. */
export function matrixOps(
  store: TensorStore,
): Pick<NetworkOps<ReferenceTensor>, 'matMul' | 'dense' | 'mlp' | 'constMatMul'> {
  const dense = (x: ReferenceTensor, { w, b, activation }: DenseLayer<ReferenceTensor>): ReferenceTensor => {
    const outputs = b.shape[0]!;
    const product = matMul(store, x, w, false, false);
    const values = product.values.map((value, i) => activate(activation, value + b.values[i % outputs]!));
    product.dispose();
    return store.make(product.shape, values);
  };
  const mlp = (x: ReferenceTensor, layers: readonly DenseLayer<ReferenceTensor>[]): ReferenceTensor => {
    requireLayers(x, layers);
    return store.tidy(() => layers.reduce(dense, x));
  };
  return {
    matMul: (a, b, transposeA = false, transposeB = false) => matMul(store, a, b, transposeA, transposeB),
    dense: (x, w, b, activation) => mlp(x, [{ w, b, activation }]),
    mlp,
    constMatMul(x, matrix) {
      if (x.shape.length === 2) return matMul(store, x, matrix, false, false);
      const rows = sizeOf(x.shape.slice(0, -1));
      const flat = store.make([rows, x.shape.at(-1)!], x.values.slice());
      const product = matMul(store, flat, matrix, false, false);
      flat.dispose();
      const out = store.make([...x.shape.slice(0, -1), matrix.shape[1]!], product.values.slice());
      product.dispose();
      return out;
    },
  };
}

function matMul(
  store: TensorStore,
  a: ReferenceTensor,
  b: ReferenceTensor,
  transposeA: boolean,
  transposeB: boolean,
): ReferenceTensor {
  const [aRows, aInner] = matrixShape(a.shape, transposeA);
  const [bInner, bColumns] = matrixShape(b.shape, transposeB);
  const batch = a.shape.slice(0, -2);
  if (aInner !== bInner || batch.join() !== b.shape.slice(0, -2).join() || a.shape.length < 2) {
    throw new TensorError(
      'tensor/shape',
      `matMul: [${a.shape}]${transposeA ? ' transposed' : ''} and [${b.shape}]${transposeB ? ' transposed' : ''} do not fit together.`,
      { a: a.shape, b: b.shape, transposeA, transposeB },
    );
  }
  const out = new Float64Array(sizeOf(batch) * aRows * bColumns);
  const [aRow, aColumn] = matrixStrides(a.shape, transposeA);
  const [bRow, bColumn] = matrixStrides(b.shape, transposeB);
  const [x, y] = [a.values, b.values];
  for (let n = 0, to = 0; n < sizeOf(batch); n++) {
    for (let i = 0; i < aRows; i++) {
      for (let j = 0; j < bColumns; j++) {
        let total = 0;
        for (let k = 0; k < aInner; k++) {
          total += x[n * aRows * aInner + i * aRow + k * aColumn]! * y[n * aInner * bColumns + k * bRow + j * bColumn]!;
        }
        out[to++] = total;
      }
    }
  }
  return store.make([...batch, aRows, bColumns], out);
}

function matrixShape(shape: readonly number[], transposed: boolean): [rows: number, columns: number] {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return transposed ? [columns, rows] : [rows, columns];
}

function matrixStrides(shape: readonly number[], transposed: boolean): [row: number, column: number] {
  const [row, column] = stridesOf(shape.slice(-2)) as [number, number];
  return transposed ? [column, row] : [row, column];
}
