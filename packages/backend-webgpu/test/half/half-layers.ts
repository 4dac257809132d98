import { roundTo } from '@nt/tensor/reference';

/** Numbers in rows. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: readonly number[];
}

/** Two dense layers, the first with ReLU, and the gradient of their output. */
export interface TwoLayers {
  readonly x: Matrix;
  readonly w0: Matrix;
  readonly b0: Matrix;
  readonly w1: Matrix;
  readonly b1: Matrix;
  readonly dy: Matrix;
}

const of = (rows: number, columns: number, value: (row: number, column: number) => number): Matrix => ({
  rows,
  columns,
  values: Array.from({ length: rows * columns }, (_, i) => value(Math.floor(i / columns), i % columns)),
});

const at = ({ values, columns }: Matrix, row: number, column: number): number => values[row * columns + column]!;

const half = ({ rows, columns, values }: Matrix): Matrix => ({
  rows,
  columns,
  values: values.map((value) => roundTo('float16', Math.fround(value))),
});

const transposed = (m: Matrix): Matrix => of(m.columns, m.rows, (row, column) => at(m, column, row));

const product = (a: Matrix, b: Matrix): Matrix =>
  of(a.rows, b.columns, (row, column) => {
    let sum = 0;
    for (let k = 0; k < a.columns; k++) sum += at(a, row, k) * at(b, k, column);
    return sum;
  });

const columnSums = (m: Matrix): Matrix =>
  of(1, m.columns, (_, column) => {
    let sum = 0;
    for (let row = 0; row < m.rows; row++) sum += at(m, row, column);
    return sum;
  });

/** What mixed float16 promises of the layers: operands and what lies between layers rounded, sums exact. */
export function halfLayers({ x, w0, b0, w1, b1, dy }: TwoLayers): Readonly<Record<string, Matrix>> {
  const plus = (m: Matrix, bias: Matrix): Matrix =>
    of(m.rows, m.columns, (row, column) => at(m, row, column) + at(bias, 0, column));
  const sums = plus(product(half(x), half(w0)), b0);
  const h = half(of(sums.rows, sums.columns, (row, column) => Math.max(at(sums, row, column), 0)));
  const y = plus(product(h, half(w1)), b1);
  const back = product(half(dy), transposed(half(w1)));
  const dh = half(of(back.rows, back.columns, (row, column) => (at(h, row, column) > 0 ? at(back, row, column) : 0)));
  return {
    y,
    w0: product(transposed(half(x)), dh),
    b0: columnSums(dh),
    w1: product(transposed(h), half(dy)),
    b1: columnSums(half(dy)),
  };
}
