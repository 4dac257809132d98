import { describe, expect, test } from 'vitest';
import { adamw, sgd } from '../src/index.ts';
import { worstDifference } from './golden-file.ts';
import { bitsOf, gradientsAt, setUp, start } from './small-run.ts';
import { tolerances } from './tolerances.ts';

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
