import { describe, expect, test } from 'vitest';
import { adamw, chain, clipByGlobalNorm, createOptimizer, descend, OptimError, onlyFor, sgd } from '../src/index.ts';
import { readAll, referenceVariables, tensorsLike } from './engine.ts';
import { worstDifference } from './golden-file.ts';
import { tolerances } from './tolerances.ts';

const start = { a: [1, -2, 3], b: [0.5] };
const gradientsAt = (update: number) => ({ a: [update - 2, 0.3, -1], b: [Math.sin(update)] });
const clippedAdamw = () => chain(clipByGlobalNorm(1), adamw({ learningRate: 0.1 }));

function setUp(options: { accumulate?: number; skipNonFinite?: boolean; transform?: ReturnType<typeof adamw> } = {}) {
  const engine = referenceVariables(start);
  const optimizer = createOptimizer({
    ops: engine.ops,
    parameters: engine.parameters,
    transform: clippedAdamw(),
    ...options,
  });
  const apply = (values: Record<string, number[]>, applyOptions?: Parameters<typeof optimizer.apply>[1]): boolean => {
    const gradients = tensorsLike(engine.ops, engine.parameters, values);
    const updated = optimizer.apply(gradients, applyOptions);
    for (const gradient of Object.values(gradients)) gradient.dispose();
    return updated;
  };
  return { ...engine, optimizer, apply, values: () => readAll(engine.parameters) };
}

/** The bits of everything an update may change. */
const bitsOf = async ({ optimizer, values }: ReturnType<typeof setUp>): Promise<string> =>
  JSON.stringify([await values(), await optimizer.snapshot()]);

const codeOf = (f: () => unknown): string => {
  try {
    f();
  } catch (error) {
    if (OptimError.isInstance(error)) return error.code;
    throw error;
  }
  return 'no error';
};

describe('counting', () => {
  test('an update is counted once it has been applied; schedules see the updates before it', async () => {
    const seen: number[] = [];
    const learningRate = (completedUpdates: number): number => {
      seen.push(completedUpdates);
      return 0.1;
    };
    const { optimizer, apply } = setUp({ transform: sgd({ learningRate }) });
    for (let i = 0; i < 3; i++) expect(apply(gradientsAt(i))).toBe(true);
    expect(optimizer.completedUpdates).toBe(3);
    expect(seen).toEqual([0, 1, 2]);
  });

  test('the number of living tensors is constant from the first update on, and 0 more than the variables after dispose', async () => {
    const { backend, optimizer, apply } = setUp({ skipNonFinite: true });
    apply(gradientsAt(0), { measureNorm: true });
    const { tensors } = backend.memory();
    for (let i = 1; i < 5; i++) {
      apply(gradientsAt(i), { measureNorm: true, gradientScale: 0.5 });
      await optimizer.snapshot();
      expect(backend.memory().tensors).toBe(tensors);
    }
    optimizer.dispose();
    expect(backend.memory().tensors).toBe(2);
  });
});

describe('gate', () => {
  test('a closed gate that is a number changes nothing', async () => {
    const one = setUp();
    one.apply(gradientsAt(0));
    const before = await bitsOf(one);
    expect(one.apply(gradientsAt(1), { gate: 0 })).toBe(false);
    expect(await one.optimizer.settle()).toBe(false);
    expect(await bitsOf(one)).toBe(before);
  });

  test('a closed gate on the device changes nothing once it is settled', async () => {
    const one = setUp();
    one.apply(gradientsAt(0));
    const before = await bitsOf(one);
    one.apply(gradientsAt(1), { gate: one.ops.tensor([0], []) });
    expect(one.optimizer.completedUpdates).toBe(2);
    expect(await one.optimizer.settle()).toBe(false);
    expect(one.optimizer.completedUpdates).toBe(1);
    expect(await bitsOf(one)).toBe(before);
  });

  test('an open gate on the device gives the bits of no gate', async () => {
    const [gated, plain] = [setUp(), setUp()];
    gated.apply(gradientsAt(0), { gate: gated.ops.tensor([1], []) });
    plain.apply(gradientsAt(0));
    expect(await gated.optimizer.settle()).toBe(true);
    expect(await bitsOf(gated)).toBe(await bitsOf(plain));
  });
});

describe('gradients that are not finite', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY])('skipNonFinite leaves every bit as it was (%s)', async (bad) => {
    const one = setUp({ skipNonFinite: true });
    one.apply(gradientsAt(0));
    await one.optimizer.settle();
    const before = await bitsOf(one);
    one.apply({ a: [1, bad, 1], b: [1] });
    expect(await one.optimizer.settle()).toBe(false);
    expect(await bitsOf(one)).toBe(before);
  });

  test('without skipNonFinite a NaN reaches weights and moments, as in PyTorch', async () => {
    const one = setUp({ transform: adamw() });
    one.apply({ a: [1, Number.NaN, 1], b: [1] });
    const { a, b } = await one.values();
    expect(a!.map(Number.isNaN)).toEqual([false, true, false]);
    expect(b!.every(Number.isFinite)).toBe(true);
  });
});

describe('scale and accumulation', () => {
  test('gradientScale acts before everything: number, rank-0 tensor and scaled gradients agree', async () => {
    const [number, tensor, scaled] = [setUp(), setUp(), setUp()];
    number.apply({ a: [8, -4, 2], b: [1] }, { gradientScale: 0.25 });
    tensor.apply({ a: [8, -4, 2], b: [1] }, { gradientScale: tensor.ops.tensor([0.25], []) });
    scaled.apply({ a: [2, -1, 0.5], b: [0.25] });
    expect(await bitsOf(number)).toBe(await bitsOf(scaled));
    expect(await bitsOf(tensor)).toBe(await bitsOf(scaled));
    expect((await number.optimizer.lastGradientNorm!.data())[0]).toBeCloseTo(Math.hypot(2, 1, 0.5, 0.25), 12);
  });

  test('three micro-batches make one update on their mean', async () => {
    const [micro, mean] = [setUp({ accumulate: 3 }), setUp()];
    const batches = [gradientsAt(0), gradientsAt(1), gradientsAt(2)];
    expect(batches.map((batch) => micro.apply(batch))).toEqual([false, false, true]);
    const meanOf = (name: 'a' | 'b') =>
      batches[0]![name].map((_, i) => (batches[0]![name][i]! + batches[1]![name][i]! + batches[2]![name][i]!) / 3);
    mean.apply({ a: meanOf('a'), b: meanOf('b') });
    const [left, right] = [await micro.values(), await mean.values()];
    expect(worstDifference(left['a']!, right['a']!)).toBeLessThan(tolerances.accumulation);
    expect([micro.optimizer.completedUpdates, micro.optimizer.pendingMicroBatches]).toEqual([1, 0]);
  });

  test('flush updates on the mean of what has come', async () => {
    const [micro, mean] = [setUp({ accumulate: 4 }), setUp()];
    expect(micro.optimizer.flush()).toBe(false);
    micro.apply({ a: [1, 2, 3], b: [4] });
    micro.apply({ a: [3, 4, 5], b: [6] });
    expect(micro.optimizer.flush()).toBe(true);
    mean.apply({ a: [2, 3, 4], b: [5] });
    expect(await micro.values()).toEqual(await mean.values());
  });

  test('one closed gate among the micro-batches closes the update', async () => {
    const one = setUp({ accumulate: 2 });
    one.apply(gradientsAt(0), { gate: one.ops.tensor([0], []) });
    one.apply(gradientsAt(1));
    expect(await one.optimizer.settle()).toBe(false);
    expect(await one.values()).toEqual(start);
    expect(one.optimizer.pendingMicroBatches).toBe(0);
  });
});

describe('snapshots', () => {
  test.each([1, 3, 5])(
    'continuing after call %i gives the bits of the uninterrupted run, also inside an accumulation',
    async (stop) => {
      const whole = setUp({ accumulate: 2, skipNonFinite: true });
      for (let i = 0; i < 8; i++) whole.apply(gradientsAt(i));

      const first = setUp({ accumulate: 2, skipNonFinite: true });
      for (let i = 0; i < stop; i++) first.apply(gradientsAt(i));
      first.optimizer.setHyperparameter('learningRate', 0.1);
      const text = JSON.stringify(await first.optimizer.snapshot(), (_, value) =>
        ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value,
      );
      const copy = JSON.parse(text, (key, value) => (key === 'data' ? Float64Array.from(value) : value));

      const second = setUp({ accumulate: 2, skipNonFinite: true });
      for (const [name, values] of Object.entries(await first.values()))
        second.parameters[name]!.assign(second.ops.tensor(values, [values.length]));
      second.optimizer.restore(copy);
      for (let i = stop; i < 8; i++) second.apply(gradientsAt(i));
      expect(await second.values()).toEqual(await whole.values());
      const [left, right] = [await second.optimizer.snapshot(), await whole.optimizer.snapshot()];
      expect(left.arrays).toEqual(right.arrays);
      expect(left.header.completedUpdates).toBe(4);
    },
  );

  test('a snapshot of other names or shapes is refused with the list of differences, and nothing is restored', async () => {
    const one = setUp();
    one.apply(gradientsAt(0));
    const snapshot = await one.optimizer.snapshot();
    const { ops, parameters } = referenceVariables({ a: [1, 2], c: [1] });
    const other = createOptimizer({ ops, parameters, transform: clippedAdamw() });
    expect(() => other.restore(snapshot)).toThrow(
      /missing in the snapshot: expAvg\/c[\s\S]*not kept by this optimizer: expAvg\/b[\s\S]*expAvg\/a: expected \[2\], snapshot has \[3\]/,
    );
    expect(codeOf(() => other.restore(snapshot))).toBe('optim/snapshot-mismatch');
    expect(other.completedUpdates).toBe(0);
    expect((await other.snapshot()).arrays).toEqual({});
  });

  test('a snapshot of another transform is refused', async () => {
    const momentum = setUp({ transform: sgd({ momentum: 0.9 }) });
    momentum.apply(gradientsAt(0));
    const snapshot = await momentum.optimizer.snapshot();
    expect(codeOf(() => setUp().optimizer.restore(snapshot))).toBe('optim/snapshot-mismatch');
  });

  test('apply while a snapshot is being read is refused', async () => {
    const one = setUp();
    one.apply(gradientsAt(0));
    const reading = one.optimizer.snapshot();
    expect(codeOf(() => one.apply(gradientsAt(1)))).toBe('optim/busy');
    await reading;
    expect(one.apply(gradientsAt(1))).toBe(true);
  });
});

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
