/** Elements of a shape. */
export const size: (dimensions: readonly number[]) => number = (dimensions) => dimensions.reduce((a, b) => a * b, 1);

/** A batch of products. */
export interface ProductSizes {
  readonly batch: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly ta: boolean;
  readonly tb: boolean;
}

/** The product in float64, and the sum of the magnitudes of its terms. */
export function multiplyInDouble(
  a: Float32Array,
  b: Float32Array,
  { batch, m, n, k, ta, tb }: ProductSizes,
): { product: Float64Array; magnitude: Float64Array } {
  const product = new Float64Array(batch * m * n);
  const magnitude = new Float64Array(batch * m * n);
  for (let at = 0; at < product.length; at++) {
    const [i, row, column] = [Math.floor(at / (m * n)), Math.floor(at / n) % m, at % n];
    for (let p = 0; p < k; p++) {
      const x =
        a[i * m * k + (ta ? p * m + row : row * k + p)]! * b[i * k * n + (tb ? column * k + p : p * n + column)]!;
      product[at] = product[at]! + x;
      magnitude[at] = magnitude[at]! + Math.abs(x);
    }
  }
  return { product, magnitude };
}

/** tfjs’s activations of fused products in float64. */
export function activateInDouble(name: string, x: number): number {
  if (name === 'relu') return Math.max(x, 0);
  if (name === 'relu6') return Math.min(Math.max(x, 0), 6);
  if (name === 'elu') return x >= 0 ? x : Math.expm1(x);
  if (name === 'sigmoid') return 1 / (1 + Math.exp(-x));
  return name === 'leakyrelu' && x < 0 ? 0.3 * x : x;
}

const binaryInDouble: Record<string, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  maximum: Math.max,
  minimum: Math.min,
  squaredDifference: (a, b) => (a - b) ** 2,
  greater: (a, b) => Number(a > b),
  lessEqual: (a, b) => Number(a <= b),
};

/** NumPy’s broadcasting in float64, element by element. */
export function broadcastInDouble(
  name: string,
  a: Float32Array,
  aShape: number[],
  b: Float32Array,
  bShape: number[],
): number[] {
  const rank = Math.max(aShape.length, bShape.length);
  const axis = (from: number[], i: number): number => from[i - rank + from.length] ?? 1;
  const full = Array.from({ length: rank }, (_, i) => Math.max(axis(aShape, i), axis(bShape, i)));
  const indexIn = (from: number[], at: number[]): number =>
    at.reduce((index, coordinate, i) => index * axis(from, i) + (axis(from, i) === 1 ? 0 : coordinate), 0);
  return Array.from({ length: size(full) }, (_, flat) => {
    const at = full.map((length, i) => Math.floor(flat / size(full.slice(i + 1))) % length);
    return binaryInDouble[name]!(a[indexIn(aShape, at)]!, b[indexIn(bShape, at)]!);
  });
}

/** Reductions in float64, and the sum of the magnitudes of their terms. */
export function reduceInDouble(
  name: string,
  x: Float32Array,
  full: readonly number[],
  axes: readonly number[],
): { expected: number[]; magnitude: number[] } {
  const groups = new Map<string, number[]>();
  x.forEach((value, flat) => {
    const at = full
      .map((length, i) => Math.floor(flat / size(full.slice(i + 1))) % length)
      .filter((_, axis) => !axes.includes(axis));
    const group = groups.get(at.join()) ?? [];
    group.push(value);
    groups.set(at.join(), group);
  });
  const all = [...groups.values()];
  const total = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);
  const reduce: Record<string, (values: number[]) => number> = {
    sum: total,
    mean: (values) => total(values) / values.length,
    max: (values) => values.reduce((best, value) => Math.max(best, value)),
    min: (values) => values.reduce((best, value) => Math.min(best, value)),
  };
  const scale = (values: number[]): number => total(values.map(Math.abs)) / (name === 'mean' ? values.length : 1);
  return { expected: all.map(reduce[name]!), magnitude: all.map(scale) };
}
