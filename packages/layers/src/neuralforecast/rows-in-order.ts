import type { NamedArray } from '@nt/tensor';

/** A layer's weight or bias with other rows: the new row `i` is the old row `rows[i]`. */
export function rowsInOrder(array: NamedArray, rows: readonly number[]): NamedArray {
  const width = array.data.length / array.shape[0]!;
  const data = array.data.slice();
  rows.forEach((from, to) => {
    data.set(array.data.subarray(from * width, (from + 1) * width), to * width);
  });
  return { ...array, data };
}
