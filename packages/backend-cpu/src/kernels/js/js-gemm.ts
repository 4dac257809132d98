import type { GemmCall } from '../kernels.ts';
import { activateValue } from './activate-value.ts';
import { derivativeValue } from './derivative-value.ts';

/** float32, or whole numbers without an activation. */
type Elements = Float32Array | Int32Array;

/** Columns of C that are summed together: one row of them stays in the first-level cache. */
const columnBlock = 512;

/** c = activation(a · b + bias), row by row: each step adds a multiple of a row of b. */
export function jsGemm(floats: Elements, call: GemmCall): void {
  for (let i = 0; i < call.batch; i++) {
    const a = call.a.offset / 4 + i * call.a.batch;
    const b = call.b.offset / 4 + i * call.b.batch;
    const c = call.c / 4 + i * call.m * call.n;
    if (call.b.column === 1) addRows(floats, call, a, b, c);
    else dotProducts(floats, call, a, b, c);
    finish(floats, call, c);
  }
}

function addRows(floats: Elements, { m, n, k, a, b }: GemmCall, aStart: number, bStart: number, cStart: number): void {
  const sums = new Float64Array(columnBlock);
  for (let column = 0; column < n; column += columnBlock) {
    const width = Math.min(columnBlock, n - column);
    for (let row = 0; row < m; row++) {
      sums.fill(0);
      for (let p = 0; p < k; p++) {
        const x = floats[aStart + row * a.row + p * a.column]!;
        const from = bStart + p * b.row + column;
        for (let j = 0; j < width; j++) sums[j] = sums[j]! + x * floats[from + j]!;
      }
      for (let j = 0; j < width; j++) floats[cStart + row * n + column + j] = sums[j]!;
    }
  }
}

function dotProducts(floats: Elements, call: GemmCall, aStart: number, bStart: number, cStart: number): void {
  const { m, n, k } = call;
  const [aRow, aColumn] = [call.a.row, call.a.column];
  const [bRow, bColumn] = [call.b.row, call.b.column];
  for (let row = 0; row < m; row++) {
    for (let column = 0; column < n; column++) {
      let total = 0;
      for (let p = 0; p < k; p++) {
        total += floats[aStart + row * aRow + p * aColumn]! * floats[bStart + p * bRow + column * bColumn]!;
      }
      floats[cStart + row * n + column] = total;
    }
  }
}

function finish(floats: Elements, call: GemmCall, cStart: number): void {
  const { m, n, bias, activation, slope, derivativeAt } = call;
  if (bias === 0 && activation === 'linear') return;
  for (let row = 0; row < m; row++) {
    for (let column = 0; column < n; column++) {
      const at = cStart + row * n + column;
      if (derivativeAt !== 0) {
        const y = floats[at - call.c / 4 + derivativeAt / 4]!;
        floats[at] = floats[at]! * derivativeValue(activation, slope, y);
        continue;
      }
      const x = bias === 0 ? floats[at]! : floats[at]! + floats[bias / 4 + column]!;
      floats[at] = activateValue(activation, slope, x);
    }
  }
}
