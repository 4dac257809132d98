/** Calls `visit` with the position of each element in one or two strided layouts, in row-major order. */
export function walkStrides(
  sizes: readonly number[],
  first: readonly number[],
  second: readonly number[],
  visit: (first: number, second: number) => void,
): void {
  const at = new Array<number>(sizes.length).fill(0);
  const count = sizes.reduce((a, b) => a * b, 1);
  let [x, y] = [0, 0];
  for (let i = 0; i < count; i++) {
    visit(x, y);
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      at[axis] = at[axis]! + 1;
      x += first[axis]!;
      y += second[axis]!;
      if (at[axis]! < sizes[axis]!) break;
      x -= first[axis]! * sizes[axis]!;
      y -= second[axis]! * sizes[axis]!;
      at[axis] = 0;
    }
  }
}
