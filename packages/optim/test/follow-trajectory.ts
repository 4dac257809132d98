import type { NetworkOps, Tensor } from '@nt/tensor';
import { expect } from 'vitest';
import { createOptimizer, type GradientTransform } from '../src/index.ts';
import { makeVariables, readAll, tensorsLike, type Variables } from './engine.ts';
import { type GoldenCase, type GoldenFile, worstDifference } from './golden-file.ts';

export interface EngineUnderTest<T extends Tensor> {
  readonly ops: NetworkOps<T>;
  readonly tolerance: number;
  /** Differences are relative to the larger of the value and this. */
  readonly floor: number;
}

const named = (values: readonly (readonly number[])[]): Record<string, readonly number[]> => ({
  w: values[0]!,
  b: values[1]!,
});
const camelCase = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Applies a golden file's gradients and compares parameters after each update, and what state the file holds. */
export async function followTrajectory<T extends Tensor>(
  { ops, tolerance, floor }: EngineUnderTest<T>,
  golden: GoldenFile<unknown>,
  { params, finalState, evaluation }: GoldenCase,
  transform: GradientTransform,
): Promise<void> {
  const [w, b] = golden.shapes as [number[], number[]];
  const parameters = makeVariables(ops, named(golden.params0), { w, b });
  const optimizer = createOptimizer({ ops, parameters, transform });
  const compare = async (expected: readonly number[][], what: string): Promise<void> => {
    const received = await readAll(parameters);
    expect(worstDifference(received['w']!, expected[0]!, floor), `w, ${what}`).toBeLessThan(tolerance);
    expect(worstDifference(received['b']!, expected[1]!, floor), `b, ${what}`).toBeLessThan(tolerance);
  };
  for (const [update, gradients] of golden.grads.entries()) {
    const tensors = tensorsLike(ops, parameters, named(gradients));
    optimizer.apply(tensors);
    ops.dispose(Object.values(tensors));
    await compare(params[update]!, `after update ${update + 1}`);
    if (!evaluation) continue;
    optimizer.useEvaluationWeights();
    await compare(evaluation[update]!, `to evaluate after update ${update + 1}`);
    optimizer.useTrainingWeights();
  }
  const { arrays } = await optimizer.snapshot();
  for (const [key, expected] of Object.entries(stateOf(finalState ?? []))) {
    expect(worstDifference(arrays[key]!.data, expected, floor), key).toBeLessThan(tolerance);
  }
  optimizer.dispose();
  disposeAll(parameters);
}

/** PyTorch's per-parameter state under our keys; numbers that are not tensors are left out. */
function stateOf(finalState: NonNullable<GoldenCase['finalState']>): Record<string, number[]> {
  const entries = finalState.flatMap((state, index) =>
    Object.entries(state).flatMap(([slot, values]) =>
      Array.isArray(values) ? [[`${camelCase(slot)}/${index === 0 ? 'w' : 'b'}`, values] as const] : [],
    ),
  );
  return Object.fromEntries(entries);
}

function disposeAll<T extends Tensor>(parameters: Variables<T>): void {
  for (const variable of Object.values(parameters)) variable.dispose();
}
