import type { TensorOps } from '@nt/tensor';
import { createReferenceBackend, type ReferenceTensor } from '@nt/tensor/reference';
import { describe, expect, test } from 'vitest';
import {
  adam,
  chain,
  clipByGlobalNorm,
  createOptimizer,
  exponentialMovingAverage,
  nadam,
  type Optimizer,
  sgd,
} from '../src/index.ts';
import { makeVariables, readAll, tensorsLike, type Variables } from './engine.ts';
import { recipeTable } from './recipe-table.ts';
import { codeOf, gradientsAt, setUp } from './small-run.ts';

type Name = 'first' | 'late';

const start: Record<Name, number[]> = { first: [1, -2, 3, 0.5], late: [0.3, 0.7, -1, 2] };
const shapes = { first: [2, 2], late: [2, 2] };
const gradientOf = (name: Name, update: number): number[] =>
  start[name].map((value, i) => Math.sin(update * 1.3 + i) + 0.2 * value);

interface Run {
  readonly ops: TensorOps<ReferenceTensor>;
  readonly optimizer: Optimizer<ReferenceTensor>;
  readonly parameters: Variables<ReferenceTensor>;
  apply(update: number, ...names: Name[]): void;
  add(name: Name): void;
}

function run(
  transform: Parameters<typeof createOptimizer>[0]['transform'],
  names: readonly Name[],
  accumulate = 1,
): Run {
  const { ops } = createReferenceBackend();
  const parameters = makeVariables(ops, start, shapes);
  const chosen = Object.fromEntries(names.map((name) => [name, parameters[name]!]));
  const optimizer = createOptimizer({ ops, parameters: chosen, transform, accumulate });
  return {
    ops,
    optimizer,
    parameters,
    add: (name) => optimizer.addParameters({ [name]: parameters[name]! }),
    apply(update, ...taking) {
      const gradients = Object.fromEntries(taking.map((name) => [name, gradientOf(name, update)]));
      optimizer.apply(tensorsLike(ops, parameters, gradients), { allowMissing: true });
    },
  };
}

/** Which parameters have a gradient: the late one comes after three updates, the first one rests for two. */
const plan: readonly (readonly Name[])[] = [
  ...Array(3).fill(['first']),
  ...Array(3).fill(['first', 'late']),
  ...Array(2).fill(['late']),
  ...Array(2).fill(['first', 'late']),
];

async function evaluated({ optimizer, parameters }: Run, name: Name): Promise<unknown> {
  const trained = (await readAll(parameters))[name];
  optimizer.useEvaluationWeights();
  const evaluation = (await readAll(parameters))[name];
  optimizer.useTrainingWeights();
  return { trained, evaluation };
}

/** Rows whose parameters do not see each other; those that clip by a joint norm do. */
const independent = recipeTable.filter(({ name }) => !['a chain of many transforms', 'groups'].includes(name));

describe('a parameter that is added later, or left out for a time', () => {
  test.each(independent)('has the bits of an optimizer of its own: $name', async ({ make, options }) => {
    const joint = run(make({ ...options }), ['first']);
    const alone = { first: run(make({ ...options }), ['first']), late: run(make({ ...options }), ['late']) };
    for (const [update, names] of plan.entries()) {
      if (update === 3) joint.add('late');
      joint.apply(update, ...names);
      for (const name of names) alone[name].apply(update, name);
      for (const name of names) expect(await evaluated(joint, name)).toEqual(await evaluated(alone[name], name));
    }
    expect(joint.optimizer.completedUpdates).toBe(plan.length);
  });

  test.each(recipeTable)('a snapshot at any point goes on to the same bits: $name', async ({ make, options }) => {
    const whole = run(make({ ...options }), ['first', 'late']);
    const states: {
      weights: Record<string, number[]>;
      snapshot: Awaited<ReturnType<typeof whole.optimizer.snapshot>>;
    }[] = [];
    for (const [update, names] of plan.entries()) {
      states.push({ weights: await readAll(whole.parameters), snapshot: await whole.optimizer.snapshot() });
      whole.apply(update, ...names);
    }
    for (const [from, { weights, snapshot }] of states.entries()) {
      const resumed = run(make({ ...options }), ['first', 'late']);
      for (const [name, values] of Object.entries(weights))
        resumed.parameters[name]!.assign(resumed.ops.tensor(values, [2, 2]));
      resumed.optimizer.restore({ ...snapshot, header: JSON.parse(JSON.stringify(snapshot.header)) });
      for (const [update, names] of plan.entries()) if (update >= from) resumed.apply(update, ...names);
      expect(await readAll(resumed.parameters)).toEqual(await readAll(whole.parameters));
      expect(await resumed.optimizer.snapshot()).toEqual(await whole.optimizer.snapshot());
    }
  });

  test('a schedule goes on by the updates of the optimizer', async () => {
    const one = run(sgd({ learningRate: (updates) => updates }), ['first']);
    for (const update of [0, 1, 2]) one.apply(update, 'first');
    one.add('late');
    one.apply(3, 'first', 'late');
    const { late } = await readAll(one.parameters);
    expect(late).toEqual(start.late.map((value, i) => value - 3 * gradientOf('late', 3)[i]!));
  });

  test.each([() => nadam(), () => chain(adam(), exponentialMovingAverage({ decay: 0.5 }))])(
    'an update whose gate turns out closed has not happened to any history (%#)',
    async (make) => {
      const [closed, plain] = [run(make(), ['first', 'late']), run(make(), ['first', 'late'])];
      for (const one of [closed, plain]) one.apply(0, 'first');
      closed.optimizer.apply(tensorsLike(closed.ops, closed.parameters, { late: gradientOf('late', 1) }), {
        allowMissing: true,
        gate: closed.ops.tensor([0], []),
      });
      const unsettled = await closed.optimizer.snapshot();
      expect(await closed.optimizer.settle()).toBe(false);
      for (const one of [closed, plain]) one.apply(1, 'first', 'late');
      expect(await readAll(closed.parameters)).toEqual(await readAll(plain.parameters));
      // The same when the gate is read only after a restore.
      const restored = run(make(), ['first', 'late']);
      restored.apply(0, 'first');
      restored.optimizer.restore(unsettled);
      expect(await restored.optimizer.settle()).toBe(false);
      restored.apply(1, 'first', 'late');
      expect(await readAll(restored.parameters)).toEqual(await readAll(plain.parameters));
    },
  );

  test('with accumulation a gradient may be missing in every micro-batch of an update, and a snapshot knows', async () => {
    const [one, resumed] = [run(adam(), ['first', 'late'], 2), run(adam(), ['first', 'late'], 2)];
    one.apply(0, 'first');
    resumed.optimizer.restore(await one.optimizer.snapshot());
    for (const each of [one, resumed]) each.apply(1, 'first');
    expect(one.optimizer.completedUpdates).toBe(1);
    expect(await readAll(resumed.parameters)).toEqual(await readAll(one.parameters));
    expect(await resumed.optimizer.snapshot()).toEqual(await one.optimizer.snapshot());
  });

  test('an optimizer that was given the late one by addParameters restores a snapshot that holds it', async () => {
    const whole = run(adam(), ['first', 'late']);
    for (const update of [0, 1]) whole.apply(update, 'first', 'late');
    const grown = run(adam(), ['first']);
    grown.add('late');
    grown.optimizer.restore(await whole.optimizer.snapshot());
    expect(await grown.optimizer.snapshot()).toEqual(await whole.optimizer.snapshot());
  });

  test('a joint norm is that of the gradients there are', async () => {
    const one = run(chain(clipByGlobalNorm(1), sgd({ learningRate: 1 })), ['first', 'late']);
    one.apply(0, 'late');
    const { late } = await readAll(one.parameters);
    const moved = late!.map((value, i) => start.late[i]! - value);
    expect(Math.hypot(...moved)).toBeCloseTo(1, 5);
  });

  test('what is there already, is no variable, or has no gradient at all is refused', async () => {
    const one = run(sgd(), ['first']);
    expect(codeOf(() => one.add('first'))).toBe('optim/parameters');
    expect(codeOf(() => one.optimizer.addParameters({ x: 3 as never }))).toBe('optim/parameters');
    expect(codeOf(() => one.optimizer.apply({}, { allowMissing: true }))).toBe('optim/gradients');
    expect(codeOf(() => setUp().apply({ a: gradientsAt(0).a }))).toBe('optim/gradients');
    one.add('late');
    const snapshot = await one.optimizer.snapshot();
    expect(() => run(sgd(), ['first']).optimizer.restore(snapshot)).toThrow(/not kept by this optimizer: late/);
  });
});
