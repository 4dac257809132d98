import { createReferenceBackend } from '@nt/tensor/reference';
import { describe, expect, test } from 'vitest';
import { adam, adamw, createOptimizer, nadam, type OptimizerSnapshot, radam, sgd } from '../src/index.ts';
import { makeVariables, referenceVariables } from './engine.ts';
import { bitsOf, clippedAdamw, codeOf, gradientsAt, type SmallRun, setUp, start } from './small-run.ts';

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

  test('an update whose gate nobody has read yet can be settled after a restore', async () => {
    const closed = (run: SmallRun) => run.apply(gradientsAt(1), { gate: run.ops.tensor([0], []) });
    const transform = () => nadam({ learningRate: 0.1 });
    const first = setUp({ transform: transform() });
    first.apply(gradientsAt(0));
    closed(first);
    const second = setUp({ transform: transform() });
    for (const [name, values] of Object.entries(await first.values()))
      second.parameters[name]!.assign(second.ops.tensor(values, [values.length]));
    second.optimizer.restore(await first.optimizer.snapshot());
    expect(second.optimizer.completedUpdates).toBe(2);
    expect([await first.optimizer.settle(), await second.optimizer.settle()]).toEqual([false, false]);
    expect(second.optimizer.completedUpdates).toBe(1);
    for (const run of [first, second]) run.apply(gradientsAt(2));
    expect(await bitsOf(second)).toBe(await bitsOf(first));
  });

  test.each<[string, string, RegExp, SmallRun, SmallRun]>([
    ['of another format', 'optim/snapshot-mismatch', /nt-optim/, setUp(), setUp()],
    [
      'with other carried numbers',
      'optim/snapshot-mismatch',
      /expected none, got 0.muProduct/,
      setUp({ transform: nadam() }),
      setUp({ transform: radam() }),
    ],
    [
      'with a hyperparameter that is not there',
      'optim/hyperparameter',
      /'weightDecay' is not a hyperparameter/,
      setUp({ transform: adamw() }),
      setUp({ transform: adam() }),
    ],
  ])('a snapshot %s is refused', async (what, code, message, from, to) => {
    from.apply(gradientsAt(0));
    if (what.includes('hyperparameter')) from.optimizer.setHyperparameter('weightDecay', 0.5);
    const { header, arrays } = await from.optimizer.snapshot();
    const snapshot = { header: what.includes('format') ? { ...header, version: 2 as never } : header, arrays };
    expect(codeOf(() => to.optimizer.restore(snapshot))).toBe(code);
    expect(() => to.optimizer.restore(snapshot)).toThrow(message);
    expect(to.optimizer.completedUpdates).toBe(0);
  });

  test('a snapshot of another width is refused: its bits could not be kept', async () => {
    const one = setUp({ transform: adam() });
    one.apply(gradientsAt(0));
    const { ops } = createReferenceBackend({ storage: 'float32' });
    const optimizer = createOptimizer({ ops, parameters: makeVariables(ops, start), transform: adam() });
    const snapshot = await one.optimizer.snapshot();
    expect(() => optimizer.restore(snapshot)).toThrow(/snapshot holds float64, this engine computes in float32/);
  });

  test('numbers set by hand return with the snapshot, and are forgotten by one that has none', async () => {
    const one = setUp();
    const untouched = await one.optimizer.snapshot();
    one.optimizer.setHyperparameter('learningRate', 0.5);
    const touched = await one.optimizer.snapshot();
    one.optimizer.restore(untouched);
    expect(one.optimizer.hyperparameter('learningRate')).toBe(0.1);
    one.optimizer.restore(touched);
    expect(one.optimizer.hyperparameter('learningRate')).toBe(0.5);
    // A schedule is the program's again: no snapshot can hold it.
    one.optimizer.setHyperparameter('learningRate', () => 0.3);
    expect((await one.optimizer.snapshot()).header.hyperparameters).toEqual({});
  });

  test('a micro-batch whose gate was closed closes its update also after a restore', async () => {
    const first = setUp({ accumulate: 2 });
    first.apply(gradientsAt(0), { gate: first.ops.tensor([0], []) });
    const snapshot = await first.optimizer.snapshot();
    expect(snapshot.header.accumulatedGate).toBe(0);
    const second = setUp({ accumulate: 2 });
    second.optimizer.restore(snapshot);
    expect(second.apply(gradientsAt(1))).toBe(false);
    expect(await second.values()).toEqual(start);
    expect([second.optimizer.completedUpdates, second.optimizer.pendingMicroBatches]).toEqual([0, 0]);
    // The next ones are open again.
    second.apply(gradientsAt(2));
    expect(second.apply(gradientsAt(3))).toBe(true);
    expect(await second.values()).not.toEqual(start);
  });

  test.each<[string, (header: OptimizerSnapshot['header']) => unknown]>([
    ['nothing', () => undefined],
    ['a header without cohorts', ({ cohorts, ...header }) => header],
    ['a header without hyperparameters', ({ hyperparameters, ...header }) => header],
  ])('%s is no snapshot', async (_, change) => {
    const one = setUp();
    const { header, arrays } = await one.optimizer.snapshot();
    const changed = change(header);
    const broken = (changed === undefined ? undefined : { header: changed, arrays }) as never;
    expect(codeOf(() => one.optimizer.restore(broken))).toBe('optim/snapshot-mismatch');
  });

  test('an open snapshot reads its arrays one at a time, and holds what a whole one does', async () => {
    const one = setUp();
    one.apply(gradientsAt(0));
    const whole = await one.optimizer.snapshot();
    const found = await one.optimizer.withSnapshot(async ({ header, arrays }) => {
      expect(codeOf(() => one.apply(gradientsAt(1)))).toBe('optim/busy');
      const copies: Record<string, OptimizerSnapshot['arrays'][string]> = {};
      for (const [key, { shape, dtype, data }] of Object.entries(arrays))
        copies[key] = { shape, dtype, data: (await data()).slice() };
      return { header, arrays: copies };
    });
    expect(found).toEqual(whole);
    expect(one.apply(gradientsAt(1))).toBe(true);
    await expect(one.optimizer.withSnapshot(() => Promise.reject(new Error('full')))).rejects.toThrow('full');
    expect(one.apply(gradientsAt(2))).toBe(true);
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
