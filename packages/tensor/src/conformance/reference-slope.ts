import type { NetworkOps } from '../network-ops.ts';
import { uniformValues } from '../random/uniform-values.ts';
import type { Tensor } from '../tensor.ts';
import type { GradientsCase } from './conformance-case.ts';
import { createInputs } from './engine-session.ts';

/** ε^⅓: balances truncation against rounding of a central difference in float64. */
const defaultStep = 6e-6;

/** Weights that turn a result into a scalar: all different, so that no element's gradient can stand in for another's. */
export function lossWeights(shape: readonly number[]): number[] {
  const count = shape.reduce((a, b) => a * b, 1);
  return Array.from(uniformValues(count, { seed: 999, counter: 0 }), (u) => u + 0.5);
}

/** The central difference of a gradients case's loss along `direction`, one array for each input. */
export async function referenceSlope<R extends Tensor>(
  testCase: GradientsCase,
  ops: NetworkOps<R>,
  direction: readonly (readonly number[])[],
  step: number = defaultStep,
): Promise<number> {
  const loss = async (distance: number): Promise<number> => {
    const value = ops.tidy(() => {
      const moved = testCase.inputs.map(({ values, shape }, i) =>
        ops.tensor(
          values.map((x, j) => x + distance * direction[i]![j]!),
          shape,
        ),
      );
      const result = testCase.compute(ops, ...moved, ...createInputs(ops, testCase.constants));
      return ops.sum(ops.mul(result, ops.tensor(lossWeights(result.shape), result.shape)));
    });
    const [number] = Array.from(await value.data());
    value.dispose();
    return number!;
  };
  return ((await loss(step)) - (await loss(-step))) / (2 * step);
}
