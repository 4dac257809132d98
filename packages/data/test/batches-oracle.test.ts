import { describe, expect, it } from 'vitest';
import { type Batch, type BatchesOptions, batches, forecastWindows, seriesFromArrays, windows } from '../src/index.ts';
import { ramp } from './support/bytes.ts';

const [L, H] = [3, 2];
const lengths = [9, 6, 11, 7, 5, 8, 6];
/** Seven series with two covariates of each kind, known two steps ahead, and a weight each. */
const set = seriesFromArrays(
  lengths.map((length, k) => ({
    id: `s${k}`,
    values: ramp(length, 100 * k),
    historic: { h1: ramp(length, 1000 + k), h2: ramp(length, 2000 + k) },
    future: { f1: ramp(length + H, 3000 + k), f2: ramp(length + H, 4000 + k) },
    static: { u: k + 0.5, v: 10 * k },
  })),
);
const all = windows(set, { inputSize: L, horizon: H, weights: lengths.map((_, k) => k + 1) });
const options: BatchesOptions = { batchSize: 7, shuffle: true, seed: 3 };

const arrays = ({ historic, future, static: statics, weights, input, target }: Batch) =>
  [input, target, historic!, future!, statics!, weights!].map((array) => [...array]);

describe('batches with everything', () => {
  it.each([0, 1, 2])('hold the cells of their windows, with %i sets of arrays that take turns', (buffers) => {
    for (const batch of batches(all, { ...options, buffers })) {
      const { size } = batch;
      type Cells = [
        input: number[],
        target: number[],
        historic: number[],
        future: number[],
        fixed: number[],
        weights: number[],
      ];
      const expected: Cells = [[], [], [], [], [], []];
      for (let slot = 0; slot < size; slot++) {
        const { series: k, origin } = all.locate(batch.windows[slot]!);
        const span = (from: number, to: number) => Array.from({ length: to - from }, (_, step) => from + step);
        const [input, target, historic, future, fixed, weights] = expected;
        for (const step of span(origin - L, origin)) {
          input.push(100 * k + step);
          historic.push(1000 + k + step, 2000 + k + step);
        }
        for (const step of span(origin, origin + H)) target.push(100 * k + step);
        for (const step of span(origin - L, origin + H)) future.push(3000 + k + step, 4000 + k + step);
        fixed.push(k + 0.5, 10 * k);
        weights.push(k + 1);
      }
      expect(arrays(batch)).toEqual(expected);
      expect([batch.windows.length, batch.series.length, batch.origins.length]).toEqual([size, size, size]);
    }
  });

  it('end with a short batch', () => {
    expect([...batches(all, { ...options, buffers: 2 })].map(({ size }) => size)).toEqual([7, 7, 7, 3]);
  });
});

describe('cells that are not there', () => {
  const gone = (k: number, step: number) => (3 * k + 5 * step) % 7 === 0;
  const cells = (k: number, base: number, count: number, salt = 0) =>
    ramp(count, base).map((cell, step) => (gone(k + salt, step) ? Number.NaN : cell));
  const gappy = seriesFromArrays(
    lengths.map((length, k) => ({
      id: `s${k}`,
      values: cells(k, 100 * k, length),
      historic: { h1: cells(k, 1000, length, 1), h2: cells(k, 2000, length, 2) },
      future: { f1: cells(k, 3000, length + H, 3), f2: cells(k, 4000, length + H, 4) },
    })),
  );
  const sources = {
    padded: windows(gappy, { inputSize: 4, horizon: H, padInput: true }),
    whole: windows(gappy, { inputSize: 1, horizon: 1, minimumAvailability: { input: 1, target: 1 } }),
    'of forecasts': forecastWindows(gappy, { inputSize: 7, horizon: H }),
  };

  it.each(
    Object.entries(sources).flatMap(([name, made]) => [0, 1, 3].map((buffers) => [name, buffers, made] as const)),
  )('are 0, with mask 0 for values: windows %s, %i sets of arrays', (_, buffers, made) => {
    const { inputSize, horizon, locate } = made;
    const value = (k: number, step: number, base: number, length: number, salt = 0) =>
      step < 0 || step >= length || gone(k + salt, step) ? 0 : base + step;
    const source = batches(made, { batchSize: 5, buffers, shuffle: true, seed: 2 });
    for (let epoch = 0; epoch < 3; epoch++)
      for (const batch of source) {
        const found = [batch.input, batch.inputMask, batch.target, batch.targetMask, batch.historic!, batch.future!];
        const expected: number[][] = found.map(() => []);
        for (const window of batch.windows) {
          const { series: k, origin } = locate(window);
          const length = lengths[k]!;
          for (let step = origin - inputSize; step < origin + horizon; step++) {
            const at = step < origin ? 0 : 2;
            expected[at]!.push(value(k, step, 100 * k, length));
            expected[at + 1]!.push(step < 0 || step >= length || gone(k, step) ? 0 : 1);
            if (step < origin) expected[4]!.push(value(k, step, 1000, length, 1), value(k, step, 2000, length, 2));
            expected[5]!.push(value(k, step, 3000, length + H, 3), value(k, step, 4000, length + H, 4));
          }
        }
        expect(found.map((array) => [...array])).toEqual(expected);
      }
  });
});

describe('batches of what comes next', () => {
  it.each([0, 1, 2])('have no target, and inputs from the newest steps: %i sets of arrays', (buffers) => {
    const next = forecastWindows(set, { inputSize: 7, horizon: H });
    const source = batches(next, { batchSize: 2, buffers });
    for (let epoch = 0; epoch < 2; epoch++)
      for (const batch of source)
        for (let slot = 0; slot < batch.size; slot++) {
          const k = batch.series[slot]!;
          const steps = Array.from({ length: 7 }, (_, step) => lengths[k]! - 7 + step);
          expect([...batch.input.subarray(slot * 7, slot * 7 + 7)]).toEqual(
            steps.map((s) => (s < 0 ? 0 : 100 * k + s)),
          );
          expect([...batch.inputMask.subarray(slot * 7, slot * 7 + 7)]).toEqual(steps.map((s) => (s < 0 ? 0 : 1)));
          expect([...batch.target.subarray(slot * H, slot * H + H)]).toEqual([0, 0]);
          expect([...batch.targetMask.subarray(slot * H, slot * H + H)]).toEqual([0, 0]);
          expect([batch.windows[slot], batch.origins[slot]]).toEqual([k, lengths[k]]);
        }
  });
});

describe('blocks of series', () => {
  it.each([
    [1, 1],
    [1, 2],
    [2, 1],
    [2, 2],
    [3, 2],
    [9, 9],
  ])('%i in a block, %i blocks mixed: every window once, pool after pool', (blockSeries, poolBlocks) => {
    for (let seed = 0; seed < 6; seed++) {
      const source = batches(all, { batchSize: 4, shuffle: { blockSeries, poolBlocks }, seed });
      const order = [...source].flatMap((batch) => [...batch.windows]);
      expect([...order].sort((x, y) => x - y)).toEqual([...ramp(all.count)]);
      const blocks = order.map((window) => Math.floor(all.locate(window).series / blockSeries));
      // A block that was left for blocks of another pool does not come back.
      const firsts = [...new Set(blocks)];
      const pools = blocks.map((block) => Math.floor(firsts.indexOf(block) / poolBlocks));
      expect(pools).toEqual([...pools].sort((x, y) => x - y));
    }
  });
});

describe('the place of a source', () => {
  it.each<[string, BatchesOptions, object]>([
    ['plain', { batchSize: 6 }, { shuffle: false, sampling: null, augment: '', seed: null, dropLast: false }],
    ['a seed that nothing uses', { batchSize: 6, seed: 4 }, { seed: null }],
    ['shuffled', { batchSize: 6, seed: 4, shuffle: true, dropLast: true }, { shuffle: true, seed: 4, dropLast: true }],
    [
      'blocks',
      { batchSize: 6, seed: 4, shuffle: { blockSeries: 2, poolBlocks: 3 } },
      { shuffle: 'blocks of 2 series, 3 mixed', seed: 4 },
    ],
    [
      'samples',
      { batchSize: 6, seed: 4, sampling: { windowsPerEpoch: 9 } },
      { shuffle: false, sampling: '9 by windows', seed: 4 },
    ],
    [
      'samples of series alike',
      { batchSize: 6, seed: 4, sampling: { windowsPerEpoch: 9, replacement: true, balance: 'series' } },
      { sampling: '9 by series with replacement', seed: 4 },
    ],
  ])('is written as earlier versions wrote it: %s', (_, chosen, expected) => {
    const source = batches(all, chosen);
    const whole = { format: 'nt.batches', version: 1, windows: all.count, inputSize: L, horizon: H, batchSize: 6 };
    expect(source.state()).toMatchObject({ ...whole, ...expected, epoch: 0, position: 0 });
  });

  it('is found again in a later epoch, and goes on bit for bit', () => {
    const source = batches(all, options);
    for (let epoch = 0; epoch < 2; epoch++) for (const _ of source);
    for (const _ of source) if (source.position === 2) break;
    const state = source.state();
    const rest = [...source].map((batch) => [...batch.windows]);
    const resumed = batches(all, options);
    resumed.restore(state);
    expect([resumed.epoch, resumed.position]).toEqual([2, 2]);
    expect([...resumed].map((batch) => [...batch.windows])).toEqual(rest);
    expect(resumed.epoch).toBe(3);
  });

  it.each([
    { epoch: -1 },
    { epoch: 0.5 },
    { epoch: '1' },
    { position: -1 },
    { position: 99 },
    { version: 2 },
    { format: 'other' },
  ])('is refused when it is damaged: %j', (damage) => {
    const source = batches(all, options);
    expect(() => source.restore({ ...(source.state() as object), ...damage })).toThrow(/batches: the state/);
    expect([source.epoch, source.position]).toEqual([0, 0]);
  });
});
