import { describe, expect, it } from 'vitest';
import {
  type Batch,
  type BatchesOptions,
  batches,
  jitter,
  mixup,
  seriesFromArrays,
  type WindowShape,
  windows,
} from '../src/index.ts';
import { errorOf, ramp } from './support/bytes.ts';
import { all, contents, numbers, set } from './support/three-series.ts';

describe('batches', () => {
  it('dropLast leaves out the short batch', () => {
    expect(numbers(batches(all, { batchSize: 20 })).map((batch) => batch.length)).toEqual([20, 20, 20, 2]);
    expect(numbers(batches(all, { batchSize: 20, dropLast: true })).length).toBe(3);
  });

  it('buffers take turns; without them every batch may be kept', () => {
    const [one, two, three] = [...batches(all, { batchSize: 20, buffers: 2 })];
    expect(one!.input.buffer).toBe(three!.input.buffer);
    expect(one!.input.buffer).not.toBe(two!.input.buffer);
    const [a, b] = [...batches(all, { batchSize: 20 })];
    expect(a!.input.buffer).not.toBe(b!.input.buffer);
    const fresh = contents(batches(all, { batchSize: 20 }));
    const turns = batches(all, { batchSize: 20, buffers: 1 });
    let index = 0;
    for (const batch of turns)
      expect([batch.input, batch.target, batch.inputMask, batch.targetMask]).toEqual(fresh[index++]);
  });

  it.each([
    ['padded', {}],
    ['one window each', { batchSize: 1, buffers: 1 }],
    ['shuffled, the last one short', { shuffle: true, seed: 3 }],
    ['mixed up', { shuffle: true, seed: 3, augment: [mixup({ strength: 0.4 })] }],
  ])('masks of a rotating buffer do not remember the batch before: %s', (_, options) => {
    const short = seriesFromArrays([3, 9].map((length, k) => ({ id: `s${k}`, values: ramp(length) })));
    const padded = windows('buffers' in options ? short : set, {
      ...{ inputSize: 4, horizon: 2, padInput: true, partialTargets: 'buffers' in options },
    });
    const fresh = batches(padded, { batchSize: 7, ...options, buffers: 0 });
    const turns = batches(padded, { batchSize: 7, buffers: 2, ...options });
    for (let epoch = 0; epoch < 3; epoch++) {
      const expected = contents(fresh).flat();
      const found: Float32Array[] = [];
      for (const batch of turns)
        found.push(batch.input.slice(), batch.target.slice(), batch.inputMask.slice(), batch.targetMask.slice());
      expect(found).toEqual(expected);
    }
  });

  it('blocks: two-level shuffle has every window once and mixes within pools only', () => {
    const options = { batchSize: 5, shuffle: { blockSeries: 1, poolBlocks: 2 }, seed: 4 };
    const source = batches(all, options);
    const [first, second] = [numbers(source).flat(), numbers(source).flat()];
    expect([...first].sort((x, y) => x - y)).toEqual([...ramp(all.count)]);
    expect(first).not.toEqual(second);
    const poolSeries = new Set(first.slice(0, 20).map((window) => all.locate(window).series));
    expect(poolSeries.size).toBeLessThanOrEqual(2);
  });

  it.each([
    ['without replacement', { windowsPerEpoch: 10 }],
    ['with replacement', { windowsPerEpoch: 300, replacement: true }],
    ['series alike', { windowsPerEpoch: 3000, replacement: true, balance: 'series' }],
  ] as const)('samples %s', (title, sampling) => {
    const drawn = numbers(batches(all, { batchSize: 50, sampling, seed: 2 })).flat();
    expect(drawn.length).toBe(sampling.windowsPerEpoch);
    if (title === 'without replacement') expect(new Set(drawn).size).toBe(10);
    else expect(new Set(drawn).size).toBeLessThan(drawn.length);
    const share = drawn.filter((window) => all.locate(window).series === 2).length / drawn.length;
    if (title === 'series alike') expect(share).toBeCloseTo(1 / 3, 1);
    if (title === 'with replacement') expect(share).toBeCloseTo(7 / 62, 1);
  });

  it('samples of series alike reach every window of those that have one, and no other', () => {
    const gapped = seriesFromArrays([6, 3, 8, 1].map((length, k) => ({ id: `s${k}`, values: ramp(length) })));
    const some = windows(gapped, { inputSize: 3, horizon: 1 });
    const sampling = { windowsPerEpoch: 400, replacement: true, balance: 'series' } as const;
    const drawn = numbers(batches(some, { batchSize: 50, sampling, seed: 5 })).flat();
    expect([...new Set(drawn)].sort((x, y) => x - y)).toEqual([...ramp(3 + 5)]);
    expect(drawn.filter((window) => window < 3).length / 400).toBeCloseTo(0.5, 1);
    const all3 = { windowsPerEpoch: 400, replacement: true };
    const alike = numbers(batches(some, { batchSize: 50, sampling: all3, seed: 5 })).flat();
    expect([...new Set(alike)].sort((x, y) => x - y)).toEqual([...ramp(8)]);
  });

  // A run that is resumed with a newer version must go on with the batches that it would have had.
  it.each<[string, Partial<BatchesOptions>, readonly number[]]>([
    ['shuffled', { shuffle: true }, [14, 53, 24, 6, 31, 54, 15, 56]],
    ['blocks', { shuffle: { blockSeries: 1, poolBlocks: 2 } }, [36, 59, 42, 54, 60, 47, 37, 52]],
    ['samples', { sampling: { windowsPerEpoch: 8, replacement: true } }, [32, 40, 39, 3, 15, 49, 27, 32]],
    [
      'samples of series alike',
      { sampling: { windowsPerEpoch: 8, replacement: true, balance: 'series' } },
      [43, 30, 60, 59, 48, 50, 27, 10],
    ],
  ])('the order belongs to seed and epoch in every version: %s', (_, options, expected) => {
    const source = batches(all, { batchSize: 4, seed: 9, ...options });
    const [, second] = [numbers(source), numbers(source)];
    expect(second!.flat().slice(0, 8)).toEqual(expected);
  });

  it('reset goes back to the first batch of the epoch', () => {
    const source = batches(all, { batchSize: 20, shuffle: true, seed: 1 });
    const first = numbers(source);
    source.reset();
    for (const batch of source) {
      expect([...batch.windows]).not.toEqual(first[0]);
      break;
    }
    expect([source.epoch, source.position]).toEqual([1, 1]);
    source.reset();
    expect(source.position).toBe(0);
  });

  it.each<[string, BatchesOptions, RegExp]>([
    ['batchSize', { batchSize: 0 }, /batchSize must be a whole number of at least 1, found 0/],
    ['an unknown key', { batchSize: 1, suffle: true } as never, /did you mean 'shuffle'/],
    ['a missing seed', { batchSize: 1, shuffle: true }, /seed must be a whole number with shuffle/],
    ['dropLast of nothing', { batchSize: 100, dropLast: true }, /62 windows do not fill one batch of 100/],
    ['too many samples', { batchSize: 1, seed: 1, sampling: { windowsPerEpoch: 63 } }, /at most the 62 windows/],
    [
      'balance without replacement',
      { batchSize: 1, seed: 1, sampling: { windowsPerEpoch: 3, balance: 'series' } },
      /replacement must be true/,
    ],
    [
      'shuffle with sampling',
      { batchSize: 1, seed: 1, shuffle: true, sampling: { windowsPerEpoch: 3 } },
      /shuffle must be left out/,
    ],
  ])('refuses %s', async (_, options, message) => {
    expect((await errorOf(() => batches(all, options))).message).toMatch(message);
  });

  it('tells an augmentation how many covariates there are, and nothing of those that are not', () => {
    const shapes: WindowShape[] = [];
    const look = { name: 'look', movesTime: false, apply: (_: Batch, shape: WindowShape) => void shapes.push(shape) };
    const known = seriesFromArrays([
      { id: 'a', values: ramp(9), historic: { x: ramp(9), y: ramp(9) }, future: { z: ramp(9) }, static: { u: 1 } },
    ]);
    for (const each of [all, windows(known, { inputSize: 3, horizon: 2 })])
      for (const _ of batches(each, { batchSize: each.count, augment: [look], seed: 1 }));
    const { inputSize, horizon } = all;
    expect(shapes).toEqual([
      { inputSize, horizon, historicCount: 0, futureCount: 0, staticCount: 0 },
      { inputSize: 3, horizon: 2, historicCount: 2, futureCount: 1, staticCount: 1 },
    ]);
  });

  it('refuses the state of other data, options or of nothing', async () => {
    const state = batches(all, { batchSize: 5, shuffle: true, seed: 1 }).state();
    for (const options of [
      { batchSize: 6, shuffle: true, seed: 1 },
      { batchSize: 5, shuffle: true, seed: 2 },
      { batchSize: 5 },
      { batchSize: 5, shuffle: true, seed: 1, augment: [jitter({ sigma: 0.1 })] },
      { batchSize: 5, shuffle: { blockSeries: 1, poolBlocks: 2 }, seed: 1 },
    ]) {
      expect((await errorOf(() => batches(all, options).restore(state))).code).toBe('data/bad-state');
    }
    expect((await errorOf(() => batches(all, { batchSize: 5 }).restore(null))).code).toBe('data/bad-state');
    expect(
      (
        await errorOf(() =>
          batches(all, { batchSize: 5, shuffle: true, seed: 1 }).restore({ ...(state as object), position: 99 }),
        )
      ).code,
    ).toBe('data/bad-state');
  });
});
