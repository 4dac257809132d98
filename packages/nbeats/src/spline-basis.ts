const degree = 3;

/**
 * Cubic B-spline number `i` of `count` (at least 4) at x in [0, 1], over evenly spaced knots of which the outer ones are
 * there four times. Cox and de Boor's recursion; at x = 1 the last one is 1.
 */
export function splineBasis(i: number, x: number, count: number): number {
  const inner = count - degree;
  const knot = (k: number): number => Math.min(Math.max((k - degree) / inner, 0), 1);
  // The span that x lies in; the last one is closed on the right.
  const span = Math.min(Math.floor(x * inner), inner - 1) + degree;
  const value = (k: number, order: number): number => {
    if (order === 0) return k === span ? 1 : 0;
    const left = knot(k + order) - knot(k);
    const right = knot(k + order + 1) - knot(k + 1);
    return (
      (left > 0 ? ((x - knot(k)) / left) * value(k, order - 1) : 0) +
      (right > 0 ? ((knot(k + order + 1) - x) / right) * value(k + 1, order - 1) : 0)
    );
  };
  return value(i, degree);
}
