import { LinearError } from '../linear-error.ts';
import type { Workspace } from './workspace.ts';

/** Columns that the kernels take together. */
const columnBlock = 8;

/** Qᵀ B in the workspace. */
export interface RightSide {
  readonly at: number;
  readonly outputs: number;
  /** With those that fill the last block. */
  readonly columns: number;
}

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
  readonly #space: Workspace;
  readonly #reflectors: number;
  readonly #diagonals: { readonly d: number; readonly e: number; readonly tau: number };

  /** @param gram `[size, size]`, of which the upper triangle is read */
  constructor(space: Workspace, size: number, gram: Float64Array) {
    this.size = size;
    this.#space = space;
    this.#reflectors = space.put(gram);
    const [d, e, tau] = [space.take(size), space.take(size), space.take(size)];
    this.#diagonals = { d, e, tau };
    space.scope(() => space.run.tridiagonalize(size, this.#reflectors, d, e, tau, space.take(3 * size)));
  }

  /** Makes B ready to be solved for. @param cross `[size, outputs]` */
  rightSide(cross: Float64Array): RightSide {
    const { size } = this;
    const space = this.#space;
    const outputs = cross.length / size;
    const columns = Math.ceil(outputs / columnBlock) * columnBlock;
    const at = space.take(size * columns);
    const rotated = space.view(at, size * columns).fill(0);
    for (let row = 0; row < size; row++) {
      rotated.set(cross.subarray(row * outputs, (row + 1) * outputs), row * columns);
    }
    space.run.apply_reflectors(size, this.#reflectors, this.#diagonals.tau, at, columns, 1);
    return { at, outputs, columns };
  }

  /**
   * @returns W `[size, outputs]`
   * @throws LinearError `linear/not-positive` when G + λI is not positive definite
   */
  solve({ at, outputs, columns }: RightSide, lambda: number): Float64Array {
    const { size } = this;
    const space = this.#space;
    const { d, e, tau } = this.#diagonals;
    return space.scope(() => {
      const x = space.take(size * columns);
      if (space.run.solve_tridiagonal(size, d, e, lambda, at, x, columns, space.take(2 * size)) === 0) {
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
