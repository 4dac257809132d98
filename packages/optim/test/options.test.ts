import { describe, expect, test } from 'vitest';
import {
  adam,
  adamw,
  addGradientNoise,
  chain,
  clipByGlobalNorm,
  createOptimizer,
  descend,
  type GradientTransform,
  lookahead,
  muon,
  onlyFor,
  orthogonalize,
  scheduleFreeAdamw,
  sgd,
} from '../src/index.ts';
import { referenceVariables } from './engine.ts';
import { codeOf, gradientsAt, setUp, start } from './small-run.ts';

describe('hyperparameters', () => {
  test('can be read, set by hand to numbers and schedules, and a wrong name is answered with the nearest', async () => {
    const { optimizer, apply } = setUp({ transform: sgd({ learningRate: (n) => 1 / (n + 1) }) });
    expect(optimizer.hyperparameter('learningRate')).toBe(1);
    apply(gradientsAt(0));
    expect(optimizer.hyperparameters()).toEqual({ learningRate: 0.5 });
    optimizer.setHyperparameter('learningRate', 0.25);
    expect((await optimizer.snapshot()).header.hyperparameters).toEqual({ learningRate: 0.25 });
    expect(() => optimizer.setHyperparameter('learningrate', 1)).toThrow(/did you mean 'learningRate'/);
    expect(codeOf(() => optimizer.setHyperparameter('learningRate', -1))).toBe('optim/out-of-range');
    optimizer.setHyperparameter('learningRate', () => Number.NaN);
    expect(codeOf(() => apply(gradientsAt(1)))).toBe('optim/out-of-range');
    expect(optimizer.completedUpdates).toBe(1);
  });

  test('groups have their own, under the name of the group', async () => {
    const isB = ({ name }: { name: string }): boolean => name === 'b';
    const transform = chain(
      onlyFor(isB, sgd({ learningRate: 1 }), { name: 'bias' }),
      onlyFor((parameter) => !isB(parameter), sgd({ learningRate: 10 })),
    );
    const one = setUp({ transform });
    expect(one.optimizer.hyperparameters()).toEqual({ 'bias.learningRate': 1, learningRate: 10 });
    one.apply({ a: [1, 1, 1], b: [1] });
    expect(await one.values()).toEqual({ a: [-9, -12, -7], b: [-0.5] });
  });

  test('a second one of the same name has a number behind it', () => {
    const transform = chain(
      onlyFor(({ name }) => name === 'b', sgd({ learningRate: 1 })),
      onlyFor(({ name }) => name === 'a', sgd({ learningRate: 10 })),
    );
    expect(setUp({ transform }).optimizer.hyperparameters()).toEqual({ learningRate: 1, 'learningRate#2': 10 });
  });

  test('a decay that is the constant 0 is not built; a function can begin with 0', () => {
    const names = (transform: GradientTransform) => Object.keys(setUp({ transform }).optimizer.hyperparameters());
    expect(names(adam({ weightDecay: 0 }))).not.toContain('weightDecay');
    expect(names(adam({ weightDecay: () => 0 }))).toContain('weightDecay');
  });
});

describe('refusals', () => {
  const { ops, parameters } = referenceVariables(start);
  test.each<[string, string, () => unknown]>([
    ['an unknown option', 'optim/unknown-option', () => adamw({ learningrate: 1 } as never)],
    ['a negative rate', 'optim/out-of-range', () => adamw({ learningRate: -1 })],
    ['beta 1', 'optim/out-of-range', () => adamw({ beta1: 1 })],
    ['a rate that is not a number', 'optim/out-of-range', () => sgd({ learningRate: '0.1' as never })],
    ['nesterov without momentum', 'optim/option', () => sgd({ nesterov: true })],
    ['dampening without momentum', 'optim/option', () => sgd({ dampening: 0.1 })],
    ['an empty chain', 'optim/transform', () => chain()],
    ['a recipe that was not called', 'optim/transform', () => chain(adamw as never)],
    [
      'a chain that moves nothing',
      'optim/transform',
      () => createOptimizer({ ops, parameters, transform: clipByGlobalNorm(1) }),
    ],
    [
      'a chain for nobody',
      'optim/transform',
      () => createOptimizer({ ops, parameters, transform: onlyFor(() => false, adamw()) }),
    ],
    ['no parameters', 'optim/parameters', () => createOptimizer({ ops, parameters: {}, transform: adamw() })],
    [
      'accumulate 0',
      'optim/out-of-range',
      () => createOptimizer({ ops, parameters, transform: adamw(), accumulate: 0 }),
    ],
    ['a missing gradient', 'optim/gradients', () => setUp().apply({ a: [1, 2, 3] })],
    ['an unknown option of apply', 'optim/unknown-option', () => setUp().apply(gradientsAt(0), { scale: 1 } as never)],
    ['a predicate that is none', 'optim/option', () => onlyFor('b' as never, adamw())],
    ['noise without options', 'optim/option', () => addGradientNoise(undefined as never)],
    ['noise without a seed', 'optim/out-of-range', () => addGradientNoise({} as never)],
    ['an unknown layout', 'optim/option', () => muon({ layout: 'rows' as never })],
    ['an unknown adjustment', 'optim/option', () => muon({ adjustRate: 'none' as never })],
    ['two coefficients', 'optim/option', () => orthogonalize({ coefficients: [1, 2] as never })],
    ['beta1 0 where an average needs it', 'optim/out-of-range', () => scheduleFreeAdamw({ beta1: 0 })],
    ['every 0', 'optim/out-of-range', () => lookahead(sgd(), { every: 0 })],
    ['a gate that is a vector', 'optim/option', () => setUp().apply(gradientsAt(0), { gate: ops.tensor([1, 1], [2]) })],
  ])('%s throws %s', (_, code, f) => expect(codeOf(f)).toBe(code));

  test('gradients of wrong shape and of unknown names are listed, and nothing changes', async () => {
    const one = setUp();
    const gradients = { a: one.ops.tensor([1], [1]), b: one.ops.tensor([1], [1]), c: one.ops.tensor([1], [1]) };
    expect(() => one.optimizer.apply(gradients)).toThrow(/a: expected shape \[3\], got \[1\][\s\S]*not a parameter: c/);
    expect(await one.values()).toEqual(start);
  });

  test('a disposed optimizer', () => {
    const one = setUp();
    one.optimizer.dispose();
    expect(codeOf(() => one.apply(gradientsAt(0)))).toBe('optim/disposed');
  });

  test('parameters that no transform writes are frozen', async () => {
    const one = setUp({ transform: onlyFor(({ name }) => name === 'a', descend({ learningRate: 1 })) });
    one.apply({ a: [1, 1, 1], b: [1] });
    expect(await one.values()).toEqual({ a: [0, -3, 2], b: [0.5] });
  });
});
