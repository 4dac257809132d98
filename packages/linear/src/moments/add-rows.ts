import type { Workspace } from '../algebra/workspace.ts';
import type { Moments } from './moments.ts';

/** Rows that are multiplied together: large enough for the kernel, small in memory. */
const blockRows = 256;

/**
 * Adds rows `[rows, size]` to moments.
 *
 * @param weights one for each row; negative ones take rows away
 */
export function addRows(space: Workspace, moments: Moments, rows: Float64Array, weights?: ArrayLike<number>): void {
  const { size, matrix } = moments;
  const count = rows.length / size;
  const columns = Math.ceil(size / 4) * 4;
  space.scope(() => {
    const sums = space.take(size * columns);
    const plain = space.take(blockRows * columns);
    const turned = space.take(size * blockRows);
    space.view(sums, size * columns).fill(0);
    for (let first = 0; first < count; first += blockRows) {
      const block = Math.min(blockRows, count - first);
      const left = space.view(turned, size * block);
      const right = space.view(plain, block * columns);
      for (let row = 0; row < block; row++) {
        const weight = weights?.[first + row] ?? 1;
        const at = (first + row) * size;
        for (let column = 0; column < size; column++) {
          const value = rows[at + column]!;
          right[row * columns + column] = value;
          left[column * block + row] = value * weight;
        }
      }
      space.run.multiply_add(size, columns, block, turned, plain, sums);
    }
    const all = space.view(sums, size * columns);
    for (let i = 0; i < size; i++) {
      for (let j = i; j < size; j++) matrix[i * size + j]! += all[i * columns + j]!;
    }
  });
}
