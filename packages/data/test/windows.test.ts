import { describe, expect, it } from 'vitest';
import { batches, forecastWindows, seriesFromArrays, windows } from '../src/index.ts';
import { ramp } from './support/bytes.ts';
import { all, set } from './support/three-series.ts';

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
