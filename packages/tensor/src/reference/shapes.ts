import { TensorError } from '../tensor-error.ts';

/** Number of elements. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** How far apart neighbours along each axis lie in row-major order. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let i = shape.length - 2; i >= 0; i--) strides[i] = strides[i + 1]! * shape[i + 1]!;
  return strides;
}

/** NumPy's broadcasting. @throws TensorError `tensor/shape` */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[i - rank + a.length] ?? 1;
    const y = b[i - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) {
      throw new TensorError(
        'tensor/shape',
        `Shapes [${a}] and [${b}] cannot be broadcast together (axis ${i}: ${x} and ${y}).`,
        { a, b },
      );
    }
    return x === 1 ? y : x;
  });
}

/** Calls `visit(flatIndex, coordinates)` for each element; `coordinates` is reused between calls. */
export function eachIndex(
  shape: readonly number[],
  visit: (flat: number, coordinates: readonly number[]) => void,
): void {
  const coordinates = new Array<number>(shape.length).fill(0);
  const size = sizeOf(shape);
  for (let flat = 0; flat < size; flat++) {
    visit(flat, coordinates);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      coordinates[axis] = coordinates[axis]! + 1;
      if (coordinates[axis]! < shape[axis]!) break;
      coordinates[axis] = 0;
    }
  }
}

/** Axes as non-negative numbers, sorted. @throws TensorError `tensor/shape` */
export function normalizeAxes(axis: number | readonly number[] | undefined, rank: number): number[] {
  const axes =
    axis === undefined ? Array.from({ length: rank }, (_, i) => i) : typeof axis === 'number' ? [axis] : [...axis];
  return axes
    .map((a) => {
      if (!Number.isInteger(a) || a < -rank || a >= rank) {
        throw new TensorError('tensor/shape', `Axis ${a} does not exist in a tensor of rank ${rank}.`, {
          axis: a,
          rank,
        });
      }
      return a < 0 ? a + rank : a;
    })
    .sort((x, y) => x - y);
}
