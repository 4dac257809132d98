import '@tensorflow/tfjs-backend-cpu';
import type { NetworkOps, Tensor } from '@nt/tensor';
import { createReferenceBackend, type ReferenceTensor } from '@nt/tensor/reference';
import { tfjsOps } from '@nt/tensor/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createOptimizer, type GradientTransform, OptimError, type Optimizer } from '../src/index.ts';
import { makeVariables, readAll, referenceVariables, tensorsLike, type Variables } from './engine.ts';
import { worstDifference } from './golden-file.ts';
import { type RecipeRow, recipeTable } from './recipe-table.ts';
import { tolerances } from './tolerances.ts';

const updatesToSolve = process.env['NT_LONG'] ? 20_000 : 1_500;

type Values = Record<string, readonly number[]>;

const start: Values = { w: [1, -2, 0.5, 3, -0.7, 0.25], b: [0.5, -1], gain: [2] };
const shapes: Values = { w: [3, 2], b: [2], gain: [1] };
const gradientsAt = (update: number): Values => ({
  w: start['w']!.map((_, i) => Math.sin(update * 7 + i) * (i + 1)),
  b: [Math.cos(update), 0],
  gain: [update - 2.5],
});

interface Run<T extends Tensor = ReferenceTensor> {
  readonly ops: NetworkOps<T>;
  readonly parameters: Variables<T>;
  readonly optimizer: Optimizer<T>;
  apply(gradients: Values): void;
}

function startRun<T extends Tensor>(
  ops: NetworkOps<T>,
  transform: GradientTransform,
  options: { readonly accumulate?: number; readonly skipNonFinite?: boolean; readonly order?: readonly string[] } = {},
): Run<T> {
  const { order = Object.keys(start), ...rest } = options;
  const parameters = makeVariables(ops, Object.fromEntries(order.map((name) => [name, start[name]!])), shapes);
  const optimizer = createOptimizer({ ops, parameters, transform, ...rest });
  const apply = (values: Values): void => {
    const gradients = tensorsLike(ops, parameters, values);
    optimizer.apply(gradients);
    ops.dispose(Object.values(gradients));
  };
  return { ops, parameters, optimizer, apply };
}

const onReference = (transform: GradientTransform, options?: Parameters<typeof startRun>[2]): Run =>
  startRun(createReferenceBackend().ops, transform, options);

async function bitsOf<T extends Tensor>({ parameters, optimizer }: Run<T>): Promise<unknown> {
  const { header, arrays } = await optimizer.snapshot();
  const weights = await readAll(parameters);
  const sorted = (record: object) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { weights: sorted(weights), arrays: sorted(arrays), header: { ...header, hyperparameters: {} } };
}

async function bitsAfter(transform: GradientTransform, updates: number): Promise<unknown> {
  const run = onReference(transform);
  for (let i = 0; i < updates; i++) run.apply(gradientsAt(i));
  return bitsOf(run);
}

/** Solves a problem in two variables, shaped as the matrix that Muon wants; gives the last value over the first. */
async function solve({ make, options, solvingRate }: RecipeRow, problem: Problem): Promise<number> {
  const { ops, parameters } = referenceVariables({ w: problem.start }, { w: [1, 2] });
  // Small at first: RAdam's first updates are plain momentum, which this valley throws out of the window.
  const learningRate = (n: number): number => (n < 10 ? 1e-4 : solvingRate * (1 - n / updatesToSolve));
  const optimizer = createOptimizer({ ops, parameters, transform: make({ ...options, learningRate }) });
  const w = parameters['w']!;
  for (let i = 0; i < updatesToSolve; i++) {
    const [x, y] = w.values as unknown as [number, number];
    const gradient = ops.tensor(problem.gradient(x, y), [1, 2]);
    optimizer.apply({ w: gradient });
    gradient.dispose();
  }
  const [x, y] = w.values as unknown as [number, number];
  return problem.value(x, y) / problem.value(problem.start[0], problem.start[1]);
}

interface Problem {
  readonly start: readonly [number, number];
  value(x: number, y: number): number;
  gradient(x: number, y: number): [number, number];
}

const parabola: Problem = {
  start: [-3, 4],
  value: (x, y) => (x - 2) ** 2 + 3 * (y + 1) ** 2,
  gradient: (x, y) => [2 * (x - 2), 6 * (y + 1)],
};

const rosenbrock: Problem = {
  start: [-0.5, 1],
  value: (x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
  gradient: (x, y) => [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)],
};

beforeAll(() => tf.setBackend('cpu'));

describe.each(recipeTable.map((row) => [row.name, row] as const))('%s', (_, row) => {
  const transform = (): GradientTransform => row.make({ ...row.options });

  test('minimises a parabola and comes down the valley of Rosenbrock', async () => {
    const solved = { parabola: await solve(row, parabola), rosenbrock: await solve(row, rosenbrock) };
    expect(solved.parabola).toBeLessThan(1e-2);
    expect(solved.rosenbrock).toBeLessThan(5e-2);
  });

  test('keeps a constant number of tensors', () => {
    const { backend, ops, parameters } = referenceVariables(start as never, shapes);
    const optimizer = createOptimizer({ ops, parameters, transform: transform() });
    const gradients = tensorsLike(ops, parameters, gradientsAt(0));
    optimizer.apply(gradients);
    const { tensors } = backend.memory();
    for (let i = 0; i < 6; i++) {
      optimizer.apply(gradients);
      optimizer.useEvaluationWeights();
      optimizer.useTrainingWeights();
      expect(backend.memory().tensors).toBe(tensors);
    }
    optimizer.dispose();
    expect(backend.memory().tensors).toBe(6);
  });

  test('4 updates, a snapshot and 4 more give the bits of 8', async () => {
    const first = onReference(transform());
    for (let i = 0; i < 4; i++) first.apply(gradientsAt(i));
    const { header, arrays } = await first.optimizer.snapshot();
    const second = onReference(transform());
    for (const [name, values] of Object.entries(await readAll(first.parameters))) {
      second.parameters[name]!.assign(second.ops.tensor(values, shapes[name]!));
    }
    second.optimizer.restore({ header: JSON.parse(JSON.stringify(header)), arrays });
    for (let i = 4; i < 8; i++) second.apply(gradientsAt(i));
    expect(await bitsOf(second)).toEqual(await bitsAfter(transform(), 8));
  });

  test('3 micro-batches and then an update are one update on their mean', async () => {
    const micro = onReference(transform(), { accumulate: 3 });
    const whole = onReference(transform());
    for (let update = 0; update < 3; update++) {
      const batches = [0, 1, 2].map((i) => gradientsAt(update * 3 + i));
      for (const batch of batches) micro.apply(batch);
      const mean = (name: string) =>
        start[name]!.map((__, i) => batches.reduce((sum, batch) => sum + batch[name]![i]!, 0) / 3);
      whole.apply({ w: mean('w'), b: mean('b'), gain: mean('gain') });
    }
    const [left, right] = [await readAll(micro.parameters), await readAll(whole.parameters)];
    for (const name of Object.keys(start))
      expect(worstDifference(left[name]!, right[name]!)).toBeLessThan(tolerances.accumulation);
  });

  test('every hyperparameter may be a function', async () => {
    const expected = await bitsAfter(transform(), 5);
    const { optimizer } = onReference(transform());
    for (const [name, value] of Object.entries(optimizer.hyperparameters())) {
      const run = onReference(transform());
      const seen: number[] = [];
      run.optimizer.setHyperparameter(name, (n) => {
        seen.push(n);
        return value;
      });
      for (let i = 0; i < 5; i++) run.apply(gradientsAt(i));
      expect(await bitsOf(run), name).toEqual(expected);
      expect(seen, name).toEqual([0, 1, 2, 3, 4]);
      if (typeof row.options[name] !== 'number') continue;
      expect(await bitsAfter(row.make({ ...row.options, [name]: () => value }), 5), name).toEqual(expected);
    }
  });

  test('the order of parameters is irrelevant', async () => {
    const run = onReference(transform(), { order: ['gain', 'w', 'b'] });
    for (let i = 0; i < 5; i++) run.apply(gradientsAt(i));
    expect(await bitsOf(run)).toEqual(await bitsAfter(transform(), 5));
  });

  test('skipNonFinite: a NaN in one gradient leaves every bit as it was', async () => {
    const run = onReference(transform(), { skipNonFinite: true });
    for (let i = 0; i < 3; i++) run.apply(gradientsAt(i));
    await run.optimizer.settle();
    const before = await bitsOf(run);
    run.apply({ ...gradientsAt(3), b: [1, Number.NaN] });
    expect(await run.optimizer.settle()).toBe(false);
    expect(await bitsOf(run)).toEqual(before);
    run.apply(gradientsAt(3));
    expect(await run.optimizer.settle()).toBe(true);
    expect(((await bitsOf(run)) as { weights: object }).weights).toEqual(
      ((await bitsAfter(transform(), 4)) as { weights: object }).weights,
    );
  });

  test.each(['reference', 'tfjs cpu'])(
    'without it a NaN is never hidden: the weight it was for becomes NaN (%s)',
    async (engine) => {
      const run =
        engine === 'reference' ? onReference(transform()) : (startRun(tfjsOps(), transform()) as unknown as Run);
      run.apply(gradientsAt(0));
      run.apply({ ...gradientsAt(1), b: [1, Number.NaN] });
      const { b } = await readAll(run.parameters);
      expect(b![1]).toBeNaN();
      run.optimizer.dispose();
      for (const variable of Object.values(run.parameters)) variable.dispose();
    },
  );

  test('an unknown option is refused', () => {
    try {
      row.make({ ...row.options, learningrate: 1 });
    } catch (error) {
      expect(OptimError.isInstance(error) && error.code).toBe('optim/unknown-option');
      expect((error as Error).message).toMatch(/did you mean 'learningRate'/);
      return;
    }
    // Rows that are chains of the test's own making read only the options they know.
    expect(['a chain of many transforms', 'groups']).toContain(row.name);
  });
});
