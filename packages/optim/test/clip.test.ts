import { expect, test } from 'vitest';
import { chain, clipByGlobalNorm, clipByValue, createOptimizer, descend, onlyFor, scaleByAdam } from '../src/index.ts';
import { readAll, referenceVariables, tensorsLike } from './engine.ts';
import { readGolden, worstDifference } from './golden-file.ts';
import { tolerances } from './tolerances.ts';

interface ClipCase {
  readonly name: string;
  readonly kind: string;
  readonly value: number;
  readonly steps: readonly { readonly totalNorm: number | null; readonly grads: readonly number[][] }[];
}

const golden = readGolden<ClipCase>('optim_clip');
const [wShape, bShape] = golden.shapes as [number[], number[]];
const zeros = { w: new Array<number>(6).fill(0), b: new Array<number>(4).fill(0) };

test.each(golden.cases.filter(({ kind }) => kind === 'norm'))(
  '$name: gradients and norm are those of clip_grad_norm_',
  async ({ value, steps }) => {
    for (const [update, step] of steps.entries()) {
      const { ops, parameters } = referenceVariables(zeros, { w: wShape, b: bShape });
      const optimizer = createOptimizer({
        ops,
        parameters,
        transform: chain(clipByGlobalNorm(value), descend({ learningRate: 1 })),
      });
      const [w, b] = golden.grads[update] as [number[], number[]];
      optimizer.apply(tensorsLike(ops, parameters, { w, b }));
      const moved = await readAll(parameters);
      const clipped = Object.values(moved).flatMap((values) => values.map((x) => -x));
      expect(worstDifference(clipped, step.grads.flat())).toBeLessThan(tolerances.golden64);
      expect(worstDifference(await optimizer.lastGradientNorm!.data(), [step.totalNorm!])).toBeLessThan(
        tolerances.golden64,
      );
    }
  },
);

test.each(golden.cases.filter(({ kind }) => kind === 'value'))(
  '$name: gradients are those of clip_grad_value_',
  async ({ value, steps }) => {
    for (const [update, step] of steps.entries()) {
      const { ops, parameters } = referenceVariables(zeros, { w: wShape, b: bShape });
      const optimizer = createOptimizer({
        ops,
        parameters,
        transform: chain(clipByValue(value), descend({ learningRate: 1 })),
      });
      const [w, b] = golden.grads[update] as [number[], number[]];
      optimizer.apply(tensorsLike(ops, parameters, { w, b }));
      const moved = await readAll(parameters);
      expect(Object.values(moved).flat()).toEqual(step.grads.flat().map((x) => 0 - x));
    }
  },
);

test('under onlyFor the norm is that of the chosen parameters', async () => {
  const { ops, parameters } = referenceVariables({ a: [0], b: [0] });
  const transform = chain(
    onlyFor(({ name }) => name === 'a', clipByGlobalNorm(1)),
    descend({ learningRate: 1 }),
  );
  createOptimizer({ ops, parameters, transform }).apply(tensorsLike(ops, parameters, { a: [3], b: [40] }));
  const { a, b } = await readAll(parameters);
  expect(a![0]).toBeCloseTo(-1, 5);
  expect(b).toEqual([-40]);
});

test('a clip behind other transforms sees what they give, also with a gradient scale', async () => {
  const { ops, parameters } = referenceVariables({ a: [0, 0] });
  const transform = chain(scaleByAdam({ eps: 0 }), clipByGlobalNorm(0.5), descend({ learningRate: 1 }));
  const optimizer = createOptimizer({ ops, parameters, transform });
  optimizer.apply(tensorsLike(ops, parameters, { a: [7, -2] }), { gradientScale: 0.125 });
  const { a } = await readAll(parameters);
  const expected = 0.5 / (Math.SQRT2 + 1e-6);
  expect(worstDifference(a!, [-expected, expected])).toBeLessThan(tolerances.golden64);
});
