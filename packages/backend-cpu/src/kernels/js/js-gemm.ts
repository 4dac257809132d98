import { type GemmCall, type GemmOperand, halfRow } from '../kernels.ts';
import { activateValue } from './activate-value.ts';
import { derivativeValue } from './derivative-value.ts';
import { fromHalf, toBfloat16, toHalf } from './to-bfloat16.ts';

/** float32, or whole numbers without an activation. */
type Elements = Float32Array | Int32Array;

/** Columns of C that are summed together: one row of them stays in the first-level cache. */
const columnBlock = 512;

/** c = activation(a · b + bias), row by row: each step adds a multiple of a row of b. */
export function jsGemm(floats: Elements, call: GemmCall): void {
  const { batch, m, n, k } = call;
  for (let i = 0; i < batch; i++) {
    const a = matrixOf(floats, call, call.a, i, [m, k], call.halves?.a);
    const b = matrixOf(floats, call, call.b, i, [k, n]);
    const c = call.c / 4 + i * m * n;
    if (b.column === 1) addRows(floats, call, a, b, c);
    else dotProducts(floats, call, a, b, c);
    finish(floats, call, c);
  }
}

/** Where an operand's elements lie. */
interface Matrix {
  readonly values: Elements;
  readonly start: number;
  readonly row: number;
  readonly column: number;
}

function matrixOf(
  values: Elements,
  { narrow }: GemmCall,
  { offset, batch, row, column }: GemmOperand,
  index: number,
  [rows, columns]: readonly [number, number],
  isHalf = false,
): Matrix {
  const start = offset / 4 + index * batch;
  if (!narrow) return { values, start, row, column };
  const halves = halvesOf(values);
  const rounded = Float32Array.from({ length: rows * columns }, (_, at) => {
    const place = Math.floor(at / columns) * row + (at % columns) * column;
    return isHalf ? fromHalf(halves[offset / 2 + place]!) : toBfloat16(values[start + place]!);
  });
  return { values: rounded, start: 0, row: columns, column: 1 };
}

/** The heap as what lies in it as bfloat16. */
const halvesOf = ({ buffer }: Elements): Uint16Array => new Uint16Array(buffer);

function addRows(floats: Elements, { m, n, k }: GemmCall, a: Matrix, b: Matrix, cStart: number): void {
  const sums = new Float64Array(columnBlock);
  for (let column = 0; column < n; column += columnBlock) {
    const width = Math.min(columnBlock, n - column);
    for (let row = 0; row < m; row++) {
      sums.fill(0);
      for (let p = 0; p < k; p++) {
        const x = a.values[a.start + row * a.row + p * a.column]!;
        const from = b.start + p * b.row + column;
        for (let j = 0; j < width; j++) sums[j] = sums[j]! + x * b.values[from + j]!;
      }
      for (let j = 0; j < width; j++) floats[cStart + row * n + column + j] = sums[j]!;
    }
  }
}

function dotProducts(floats: Elements, { m, n, k }: GemmCall, a: Matrix, b: Matrix, cStart: number): void {
  for (let row = 0; row < m; row++) {
    for (let column = 0; column < n; column++) {
      let total = 0;
      for (let p = 0; p < k; p++) {
        total += a.values[a.start + row * a.row + p * a.column]! * b.values[b.start + p * b.row + column * b.column]!;
      }
      floats[cStart + row * n + column] = total;
    }
  }
}

function finish(floats: Elements, call: GemmCall, cStart: number): void {
  const { m, n, bias, activation, slope, derivativeAt, halves } = call;
  if (bias === 0 && activation === 'linear' && !halves?.c) return;
  const words = halvesOf(floats);
  for (let row = 0; row < m; row++) {
    for (let column = 0; column < n; column++) {
      const at = cStart + row * n + column;
      const half = row * halfRow(n) + column;
      if (derivativeAt !== 0) {
        const y = halves?.derivative
          ? fromHalf(words[derivativeAt / 2 + half]!)
          : floats[at - call.c / 4 + derivativeAt / 4]!;
        floats[at] = floats[at]! * derivativeValue(activation, slope, y);
        continue;
      }
      const x = bias === 0 ? floats[at]! : floats[at]! + floats[bias / 4 + column]!;
      const value = activateValue(activation, slope, x);
      if (halves?.c) words[halves.c / 2 + half] = toHalf(value);
      else floats[at] = value;
    }
  }
}
