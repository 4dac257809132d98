import { describe, expect, test } from 'vitest';
import {
  adagrad,
  adam,
  adamax,
  adamw,
  createOptimizer,
  type GradientTransform,
  nadam,
  radam,
  rmsprop,
  sgd,
} from '../src/index.ts';
import { readAll, referenceVariables, tensorsLike } from './engine.ts';
import { type GoldenCase, type GoldenFile, readGolden, worstDifference } from './golden-file.ts';
import { optionsFromTorch } from './options-from-torch.ts';
import { tolerances } from './tolerances.ts';

type Recipe = (options: Record<string, never>) => GradientTransform;
const recipes = { adagrad, adam, adamax, adamw, nadam, radam, rmsprop, sgd } as unknown as Record<string, Recipe>;

const camelCase = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const named = (values: readonly number[][]): Record<string, number[]> => ({ w: values[0]!, b: values[1]! });

describe.each(Object.keys(recipes))('%s', (family) => {
  const golden = readGolden(`optim_${family}`);
  test.each(golden.cases)('$name: 12 updates and the state are those of PyTorch', async (goldenCase) => {
    await followTrajectory(
      golden,
      goldenCase,
      recipes[family]!(optionsFromTorch(family, goldenCase.options) as Record<string, never>),
    );
  });
});

async function followTrajectory(
  golden: GoldenFile,
  { params, finalState }: GoldenCase,
  transform: GradientTransform,
): Promise<void> {
  const [w, b] = golden.shapes as [number[], number[]];
  const { ops, parameters } = referenceVariables(named(golden.params0 as number[][]), { w, b });
  const optimizer = createOptimizer({ ops, parameters, transform });
  for (const [update, gradients] of golden.grads.entries()) {
    optimizer.apply(tensorsLike(ops, parameters, named(gradients as number[][])));
    const values = await readAll(parameters);
    expect(worstDifference(values['w']!, params[update]![0]!), `w after update ${update + 1}`).toBeLessThan(
      tolerances.golden64,
    );
    expect(worstDifference(values['b']!, params[update]![1]!), `b after update ${update + 1}`).toBeLessThan(
      tolerances.golden64,
    );
  }
  const { arrays } = await optimizer.snapshot();
  for (const [index, name] of ['w', 'b'].entries()) {
    for (const [slot, expected] of Object.entries(finalState?.[index] ?? {})) {
      if (!Array.isArray(expected)) continue;
      expect(worstDifference(arrays[`${camelCase(slot)}/${name}`]!.data, expected), `${slot} of ${name}`).toBeLessThan(
        tolerances.golden64,
      );
    }
  }
}
