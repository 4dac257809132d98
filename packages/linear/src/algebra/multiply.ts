import type { Workspace } from './workspace.ts';

/** A [m, k] · B [k, n]. */
export function multiply(
  space: Workspace,
  a: Float64Array,
  b: Float64Array,
  { m, k, n }: { readonly m: number; readonly k: number; readonly n: number },
): Float64Array {
  const columns = Math.ceil(n / 4) * 4;
  return space.scope(() => {
    const left = space.put(a);
    const right = space.take(k * columns);
    const out = space.take(m * columns);
    copyRows(b, n, space.view(right, k * columns).fill(0), columns, k);
    space.view(out, m * columns).fill(0);
    space.run.multiply_add(m, columns, k, left, right, out);
    const product = new Float64Array(m * n);
    copyRows(space.view(out, m * columns), columns, product, n, m);
    return product;
  });
}

function copyRows(from: Float64Array, fromWidth: number, to: Float64Array, toWidth: number, rows: number): void {
  const width = Math.min(fromWidth, toWidth);
  for (let row = 0; row < rows; row++) {
    to.set(from.subarray(row * fromWidth, row * fromWidth + width), row * toWidth);
  }
}
