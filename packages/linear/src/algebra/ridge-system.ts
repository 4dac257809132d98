import { LinearError } from '../linear-error.ts';
import type { Workspace } from './workspace.ts';

/** Columns that the kernels take together. */
const columnBlock = 8;

/**
 * (G + λI) W = B for one symmetric G and as many λ as one likes: G is brought to tridiagonal form once, G = Q T Qᵀ
 * (Householder), after which each λ costs a tridiagonal solution and one product with Q. That is the first half of an
 * eigendecomposition; the second, which needs twice the time, would only turn a tridiagonal matrix into a diagonal one.
 *
 * The system lives in the workspace: use it inside of the `scope` in which it was made.
 *
 * Source: Golub & Van Loan, Matrix Computations, 8.3.1 and 4.3.6; Eldén 1977 for the use in ridge regression.
 */
export class RidgeSystem {
  readonly size: number;
  readonly outputs: number;
  readonly #space: Workspace;
  readonly #columns: number;
  readonly #reflectors: number;
  readonly #diagonals: { readonly d: number; readonly e: number; readonly tau: number };
  readonly #rotated: number;

  /**
   * @param gram `[size, size]`, of which the upper triangle is read
   * @param cross `[size, outputs]`
   */
  constructor(space: Workspace, size: number, gram: Float64Array, cross: Float64Array) {
    this.size = size;
    this.outputs = cross.length / size;
    this.#space = space;
    this.#columns = Math.ceil(this.outputs / columnBlock) * columnBlock;
    this.#reflectors = space.put(gram);
    this.#diagonals = { d: space.take(size), e: space.take(size), tau: space.take(size) };
    this.#rotated = space.take(size * this.#columns);
    const rotated = space.view(this.#rotated, size * this.#columns).fill(0);
    for (let row = 0; row < size; row++) {
      rotated.set(cross.subarray(row * this.outputs, (row + 1) * this.outputs), row * this.#columns);
    }
    const { d, e, tau } = this.#diagonals;
    space.scope(() => space.run.tridiagonalize(size, this.#reflectors, d, e, tau, space.take(3 * size)));
    space.run.apply_reflectors(size, this.#reflectors, tau, this.#rotated, this.#columns, 1);
  }

  /**
   * @returns W `[size, outputs]`
   * @throws LinearError `linear/not-positive` when G + λI is not positive definite
   */
  solve(lambda: number): Float64Array {
    const { size, outputs } = this;
    const columns = this.#columns;
    const space = this.#space;
    const { d, e, tau } = this.#diagonals;
    return space.scope(() => {
      const x = space.take(size * columns);
      const isPositive = space.run.solve_tridiagonal(
        ...([size, d, e, lambda, this.#rotated, x, columns] as const),
        space.take(2 * size),
      );
      if (isPositive === 0) {
        throw new LinearError(
          'linear/not-positive',
          `ridge: lambda ${lambda} does not make the equations solvable: some inputs are (nearly) combinations of others. Use a larger lambda.`,
          { lambda },
        );
      }
      space.run.apply_reflectors(size, this.#reflectors, tau, x, columns, 0);
      const all = space.view(x, size * columns);
      const solution = new Float64Array(size * outputs);
      for (let row = 0; row < size; row++) {
        solution.set(all.subarray(row * columns, row * columns + outputs), row * outputs);
      }
      return solution;
    });
  }
}
