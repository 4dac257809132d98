import '@tensorflow/tfjs-backend-cpu';
import type { Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { tfjsOps } from '@nt/tensor/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  adagrad,
  adam,
  adamax,
  adamw,
  chain,
  createOptimizer,
  type GradientTransform,
  lamb,
  lion,
  lookahead,
  muon,
  nadam,
  radam,
  rmsprop,
  scheduleFreeAdamw,
  sgd,
} from '../src/index.ts';
import { type EngineUnderTest, followTrajectory } from './follow-trajectory.ts';
import { type GoldenCase, readGolden } from './golden-file.ts';
import { optionsFromTorch } from './options-from-torch.ts';
import { tolerances } from './tolerances.ts';

type Recipe = (options: Record<string, unknown>) => GradientTransform;

const torchRecipes = { adagrad, adam, adamax, adamw, nadam, radam, rmsprop, sgd } as Record<string, Recipe>;
const secondRecipes: Record<string, Recipe> = {
  lion,
  lamb,
  muon,
  scheduleFreeAdamw,
  lookahead: (options) => lookahead(sgd({ learningRate: 0.1 }), options),
};

const engines: Record<string, () => EngineUnderTest<Tensor>> = {
  'float64 reference': () =>
    ({
      ops: createReferenceBackend().ops,
      tolerance: tolerances.golden64,
      floor: 1e-9,
    }) as unknown as EngineUnderTest<Tensor>,
  'tfjs cpu, composed in float32': () =>
    ({ ops: tfjsOps(), tolerance: tolerances.golden32, floor: 1 }) as unknown as EngineUnderTest<Tensor>,
};

beforeAll(() => tf.setBackend('cpu'));

describe.each(Object.keys(engines))('on %s', (engine) => {
  describe.each(Object.keys(torchRecipes))('%s: 12 updates and the state are those of PyTorch', (family) => {
    const golden = readGolden(`optim_${family}`);
    test.each(golden.cases)('$name', async (goldenCase) => {
      const transform = torchRecipes[family]!(optionsFromTorch(family, goldenCase.options));
      await followTrajectory(engines[engine]!(), golden, goldenCase, transform);
    });
  });

  describe.each(Object.keys(secondRecipes))('%s: 12 updates are those of a float64 script of the paper', (family) => {
    const golden = readGolden(`second_${family}`);
    test.each(golden.cases)('$name', async (goldenCase) => {
      await followTrajectory(engines[engine]!(), golden, goldenCase, secondRecipes[family]!(goldenCase.options));
    });
  });
});

interface CycledCase extends GoldenCase {
  readonly lr: readonly number[];
  readonly momentum: readonly number[];
}

test('rate and momentum may change in each update: OneCycleLR with cycled momentum over SGD', async () => {
  const golden = readGolden<CycledCase>('sched_OneCycleLR_momentum');
  const [cycled] = golden.cases as [CycledCase];
  const transform = sgd({ learningRate: (n) => cycled.lr[n]!, momentum: (n) => cycled.momentum[n]! });
  await followTrajectory(engines['float64 reference']!(), golden, cycled, transform);
});

test('maximize with negated gradients is descent, for every recipe', async () => {
  const golden = readGolden('optim_adam');
  const negated = golden.grads.map((gradients) => gradients.map((values) => values.map((x) => -x)));
  const { lookahead: _, ...plain } = secondRecipes;
  for (const [name, recipe] of Object.entries({ ...torchRecipes, ...plain })) {
    const up = await trajectoryOf(recipe({ maximize: true }), negated);
    const down = await trajectoryOf(recipe({}), golden.grads);
    expect(up, name).toEqual(down);
  }
});

async function trajectoryOf(
  transform: GradientTransform,
  gradients: readonly (readonly number[][])[],
): Promise<number[]> {
  const { ops } = createReferenceBackend();
  const w = ops.variable(ops.tensor([1, -2, 3, 0.5, 0.1, -1], [3, 2]), { name: 'w' });
  const optimizer = createOptimizer({ ops, parameters: { w }, transform: chain(transform) });
  for (const [values] of gradients) optimizer.apply({ w: ops.tensor(values!, [3, 2]) });
  return Array.from(await w.data());
}
