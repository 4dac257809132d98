import { describe, expect, it } from 'vitest';
import { holidayCalendar } from '../src/holidays/index.ts';
import {
  type Augmentation,
  addCalendar,
  type Batch,
  type BatchesOptions,
  batches,
  forecastWindows,
  jitter,
  magnitudeWarp,
  mixup,
  readCsv,
  scaling,
  seriesFromArrays,
  timeWarp,
  windowSlice,
  windows,
} from '../src/index.ts';
import { permutation } from '../src/random/permutation.ts';
import { bytes, errorOf, ramp } from './support/bytes.ts';

const set = seriesFromArrays([
  { id: 'a', values: ramp(40) },
  { id: 'b', values: ramp(25, 100) },
  { id: 'c', values: ramp(12, 200) },
]);
const all = windows(set, { inputSize: 4, horizon: 2 });
const numbers = (source: Iterable<Batch>) => [...source].map((batch) => [...batch.windows]);
const contents = (source: Iterable<Batch>) =>
  [...source].map((batch) => [batch.input, batch.target, batch.inputMask, batch.targetMask]);

describe('windows', () => {
  it('honours stride, last, padInput and weights', () => {
    expect(windows(set, { inputSize: 4, horizon: 2, stride: 3 }).count).toBe(12 + 7 + 3);
    const last = windows(set, { inputSize: 4, horizon: 2, last: 1 });
    expect([0, 1, 2].map((window) => last.locate(window).origin)).toEqual([38, 23, 10]);
    const padded = windows(set, { inputSize: 4, horizon: 2, padInput: true });
    expect(padded.count).toBe(all.count + 3 * 3);
    const [first] = [...batches(padded, { batchSize: 1 })];
    expect([[...first!.input], [...first!.inputMask]]).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 1],
    ]);
    const weighted = windows(set, { inputSize: 4, horizon: 2, last: 1, weights: [1, 2, 3] });
    expect([...[...batches(weighted, { batchSize: 3 })][0]!.weights!]).toEqual([1, 2, 3]);
  });

  it('leaves out windows with too little available, and masks the rest', () => {
    const values = ramp(20, 1);
    values.fill(Number.NaN, 8, 12);
    const gappy = seriesFromArrays([{ id: 'a', values }]);
    expect(windows(gappy, { inputSize: 4, horizon: 2 }).count).toBe(15 - 3);
    expect(windows(gappy, { inputSize: 4, horizon: 2, minimumAvailability: { input: 1, target: 1 } }).count).toBe(
      3 + 3,
    );
    for (const batch of batches(windows(gappy, { inputSize: 4, horizon: 2 }), { batchSize: 5 })) {
      expect(batch.input.map((value) => (value === 0 ? 0 : 1))).toEqual(batch.inputMask);
      expect(batch.target.map((value) => (value === 0 ? 0 : 1))).toEqual(batch.targetMask);
    }
  });

  it('pads a forecast of a short series', () => {
    const [batch] = [...batches(forecastWindows(set, { inputSize: 16, horizon: 2 }), { batchSize: 3 })];
    expect([...batch!.inputMask.subarray(32, 37)]).toEqual([0, 0, 0, 0, 1]);
  });
});

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

  it('masks of a rotating buffer do not remember the batch before', async () => {
    const padded = windows(set, { inputSize: 4, horizon: 2, padInput: true });
    const fresh = contents(batches(padded, { batchSize: 3 })).flat();
    const masks: Float32Array[] = [];
    for (const batch of batches(padded, { batchSize: 3, buffers: 1 }))
      masks.push(batch.input.slice(), batch.target.slice(), batch.inputMask.slice(), batch.targetMask.slice());
    expect(masks).toEqual(fresh);
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

  it('refuses the state of other data, options or of nothing', async () => {
    const state = batches(all, { batchSize: 5, shuffle: true, seed: 1 }).state();
    for (const options of [
      { batchSize: 6, shuffle: true, seed: 1 },
      { batchSize: 5, shuffle: true, seed: 2 },
      { batchSize: 5 },
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

describe('permutation', () => {
  it.each([1, 2, 3, 10, 1000])('of %i is one, listed or computed', (count) => {
    for (const limit of [1e9, 0]) {
      const at = permutation(count, 5, [3], limit);
      expect(Array.from({ length: count }, (_, k) => at(k)).sort((x, y) => x - y)).toEqual([...ramp(count)]);
    }
  });

  it('spreads windows evenly over positions', () => {
    for (const limit of [1e9, 0]) {
      const hits = new Float64Array(5);
      for (let epoch = 0; epoch < 5000; epoch++) hits[permutation(5, 11, [epoch], limit)(0)]!++;
      for (const hit of hits) expect(Math.abs(hit - 1000)).toBeLessThan(150);
    }
  });
});

describe('augmentations', () => {
  const plain = () => batches(all, { batchSize: 31 });
  const changed = (augment: Augmentation, seed = 3) => batches(all, { batchSize: 31, augment: [augment], seed });
  const list: readonly Augmentation[] = [
    jitter({ sigma: 0.1 }),
    scaling({ sigma: 0.1 }),
    magnitudeWarp({ sigma: 0.1 }),
    timeWarp({ sigma: 0.2 }),
    windowSlice(),
    mixup(),
  ];

  it.each(list)('$name changes the input, the same way for the same seed, another for another', (augment) => {
    const first = contents(changed(augment));
    expect(first).not.toEqual(contents(plain()));
    expect(first).toEqual(contents(changed(augment)));
    expect(first).not.toEqual(contents(changed(augment, 4)));
  });

  it.each(list)('$name continues in mid-epoch as if never stopped', (augment) => {
    const source = changed(augment);
    const whole = contents(source);
    const again = changed(augment);
    for (const _ of again) break;
    const resumed = changed(augment);
    resumed.restore(again.state());
    expect(contents(resumed)).toEqual(whole.slice(1));
  });

  it('jitter leaves targets and masked inputs alone', () => {
    const padded = windows(set, { inputSize: 4, horizon: 2, padInput: true });
    const source = [...batches(padded, { batchSize: 8, augment: [jitter({ sigma: 1 })], seed: 1 })];
    const before = [...batches(padded, { batchSize: 8 })];
    source.forEach((batch, index) => {
      expect(batch.target).toEqual(before[index]!.target);
      batch.inputMask.forEach((mask, k) => {
        if (mask === 0) expect(batch.input[k]).toBe(0);
      });
    });
  });

  it('scaling multiplies input and target by one factor', () => {
    const [after, before] = [[...changed(scaling({ sigma: 0.1 }))][1]!, [...plain()][1]!];
    for (let slot = 0; slot < after.size; slot++) {
      const factor = after.input[slot * 4]! / before.input[slot * 4]!;
      expect(after.target[slot * 2 + 1]! / before.target[slot * 2 + 1]!).toBeCloseTo(factor, 5);
    }
  });

  it('timeWarp keeps a ramp rising and its ends in place; windowSlice shortens it', () => {
    const [warped, sliced, before] = [
      [...changed(timeWarp({ sigma: 0.5 }))][0]!,
      [...changed(windowSlice({ share: 0.5 }))][0]!,
      [...plain()][0]!,
    ];
    for (let slot = 0; slot < before.size; slot++) {
      const window = [
        ...warped.input.subarray(slot * 4, slot * 4 + 4),
        ...warped.target.subarray(slot * 2, slot * 2 + 2),
      ];
      expect(window).toEqual([...window].sort((x, y) => x - y));
      expect([window[0], window[5]]).toEqual([before.input[slot * 4], before.target[slot * 2 + 1]]);
      expect(sliced.target[slot * 2 + 1]! - sliced.input[slot * 4]!).toBeCloseTo(2, 5);
    }
  });

  it('probability and knots have an effect', () => {
    const rare = [...changed(scaling({ sigma: 1, probability: 0.2 }))][1]!;
    const before = [...plain()][1]!;
    const same = Array.from(
      { length: 31 },
      (_, slot) => rare.input[slot * 4 + 3] === before.input[slot * 4 + 3],
    ).filter(Boolean).length;
    expect(same).toBeGreaterThan(15);
    expect(same).toBeLessThan(31);
    expect(contents(changed(magnitudeWarp({ sigma: 0.1, knots: 1 })))).not.toEqual(
      contents(changed(magnitudeWarp({ sigma: 0.1, knots: 5 }))),
    );
    expect(contents(changed(timeWarp({ sigma: 0.1, knots: 1 })))).not.toEqual(
      contents(changed(timeWarp({ sigma: 0.1, knots: 5 }))),
    );
    expect(contents(changed(mixup({ strength: 0.1 })))).not.toEqual(contents(changed(mixup({ strength: 1 }))));
  });

  it('refuses what cannot be', async () => {
    expect((await errorOf(() => jitter({ sigma: 0 }))).code).toBe('data/bad-option');
    expect((await errorOf(() => windowSlice({ share: 2 }))).code).toBe('data/bad-option');
    const withCovariate = seriesFromArrays([{ id: 'a', values: ramp(20), historic: { h: ramp(20) } }]);
    const error = await errorOf(() =>
      batches(windows(withCovariate, { inputSize: 4, horizon: 2 }), {
        batchSize: 2,
        seed: 1,
        augment: [timeWarp({ sigma: 1 })],
      }),
    );
    expect(error.message).toMatch(/without timeWarp when there are covariates/);
  });
});

describe('addCalendar', () => {
  const hours = seriesFromArrays([{ id: 'a', start: '2020-12-24T22:00', values: ramp(4) }], { frequency: 'hour' });

  it('adds sine and cosine or one ordinal column, for the horizon too', async () => {
    const cyclic = addCalendar(hours, { features: ['hourOfDay'], horizon: 2 });
    expect(cyclic.future!.names).toEqual(['hourOfDay.sin', 'hourOfDay.cos']);
    expect(cyclic.future!.values.length).toBe(6 * 2);
    expect(cyclic.future!.values[0]).toBeCloseTo(Math.sin((2 * Math.PI * 22) / 24), 12);
    const ordinal = addCalendar(hours, { features: ['hourOfDay', 'monthOfYear'], encoding: 'ordinal' });
    expect([...ordinal.future!.values.slice(0, 4)]).toEqual([22 / 23 - 0.5, 0.5, 0.5, 0.5]);
    const [batch] = [...batches(forecastWindows(cyclic, { inputSize: 2, horizon: 2 }), { batchSize: 1 })];
    expect(batch!.future![4]).toBeCloseTo(Math.sin((2 * Math.PI * 2) / 24), 6);
  });

  it('adds holidays of a country', async () => {
    const isHoliday = await holidayCalendar({ country: 'DE' });
    const marked = addCalendar(hours, { features: [], isHoliday });
    expect([...marked.future!.values]).toEqual([0, 0, 1, 1]);
    expect((await errorOf(() => holidayCalendar({ country: 'XX' }))).code).toBe('data/bad-option');
  });

  it('keeps shared rows of wide files shared, and needs times', async () => {
    const wide = await readCsv(bytes('date,a,b\n2020-01-01,1,10\n2020-01-02,2,20\n'), { layout: 'wide' });
    const marked = addCalendar(wide, { features: ['dayOfWeek'], encoding: 'ordinal', horizon: 1 });
    expect([marked.future!.values.length, [...marked.lengths], [...marked.offsets]]).toEqual([3, [2, 2], [0, 3, 6]]);
    expect((await errorOf(() => addCalendar(set, { features: ['hourOfDay'] }))).message).toMatch(/no time column/);
  });
});
