import { describe, expect, it } from 'vitest';
import {
  batches,
  DataError,
  type SeriesInput,
  type SeriesSet,
  seriesFromArrays,
  seriesWithoutWindows,
  type WindowsOptions,
  windows,
} from '../src/index.ts';
import { seededRandom } from '../src/random/seeded-random.ts';
import { ramp } from './support/bytes.ts';

const range0 = new Float64Array(2);

type Place = readonly [series: number, origin: number];

/** The windows of a set, found by asking of every step of every series what the documentation says. */
function enumerate(set: SeriesSet, options: WindowsOptions): Place[] {
  const { inputSize: L, horizon: H, stride = 1, ranges, strict, padInput, partialTargets, last = Infinity } = options;
  const { input: leastInput = 0, target: leastTarget = 0 } = options.minimumAvailability ?? {};
  return set.ids.flatMap((_, series) => {
    const start = ranges ? ranges.starts[series]! : 0;
    const end = Math.min(set.lengths[series]!, ranges ? ranges.ends[series]! : Infinity);
    const places: Place[] = [];
    let next = -1;
    for (let origin = start; origin + (partialTargets ? 1 : H) <= end; origin++) {
      const isAllowed = strict ? origin - L >= start : padInput ? origin >= 1 : origin >= L;
      if (!isAllowed || (next >= 0 && origin !== next)) continue;
      next = origin + stride;
      places.push([series, origin]);
    }
    // Steps outside of the series or behind the end of its range are none.
    const known = (from: number, to: number) => {
      let count = 0;
      for (let step = Math.max(0, from); step < to; step++)
        if (!Number.isNaN(set.values[set.offsets[series]! + step]!)) count++;
      return count;
    };
    return places.slice(-Math.min(last, places.length) || places.length).filter(([, origin]) => {
      const isSeen = known(origin - L, origin) >= leastInput * L;
      return isSeen && known(origin, Math.min(origin + H, end)) >= Math.max(1, leastTarget * H);
    });
  });
}

function randomCase(seed: number): { set: SeriesSet; options: WindowsOptions } {
  const random = seededRandom(seed);
  const below = (count: number) => Math.abs(random.next()) % count;
  const isGappy = below(2) === 0;
  const set = seriesFromArrays(
    Array.from({ length: 1 + below(4) }, (_, series): SeriesInput => {
      const values = ramp(1 + below(24), 1 + 100 * series);
      return {
        id: `s${series}`,
        values: isGappy ? values.map((value) => (below(4) === 0 ? Number.NaN : value)) : values,
      };
    }),
  );
  const options: WindowsOptions = { inputSize: 1 + below(5), horizon: 1 + below(4) };
  const more: Record<string, unknown> = {};
  if (below(2) === 0) more['stride'] = 1 + below(4);
  if (below(3) === 0) more['last'] = 1 + below(5);
  const input = below(3);
  if (input === 0) more['padInput'] = true;
  if (input === 1) more['strict'] = true;
  if (below(3) === 0) more['partialTargets'] = true;
  if (below(3) === 0) more['minimumAvailability'] = { input: below(5) / 4, target: below(5) / 4 };
  if (below(3) === 0)
    more['ranges'] = {
      starts: Float64Array.from(set.lengths, () => below(6)),
      ends: Float64Array.from(set.lengths, () => 4 + below(24)),
    };
  return { set, options: { ...options, ...more } };
}

describe('windows are those that a search of every step finds', () => {
  it.each(Array.from({ length: 12 }, (_, part) => part))('random sets and options, part %i', (part) => {
    for (let seed = part * 100; seed < part * 100 + 100; seed++) {
      const { set, options } = randomCase(seed);
      const expected = enumerate(set, options);
      if (expected.length === 0) {
        expect(() => windows(set, options), `seed ${seed}`).toThrow(DataError);
        continue;
      }
      const found = windows(set, options);
      const places = Array.from({ length: found.count }, (_, window) => {
        const { series, origin } = found.locate(window);
        return [series, origin];
      });
      expect(places, `seed ${seed}`).toEqual(expected);
      const firsts = set.ids.map((_, series) => expected.filter(([one]) => one < series).length);
      expect([...found.bounds], `seed ${seed}`).toEqual([...firsts, expected.length]);
    }
  });

  it.each(Array.from({ length: 4 }, (_, part) => part))('batches hold the values of those steps, part %i', (part) => {
    for (let seed = part * 50; seed < part * 50 + 50; seed++) {
      const { set, options } = randomCase(seed);
      const expected = enumerate(set, options);
      if (expected.length === 0) continue;
      const { inputSize: L, horizon: H } = options;
      const cells = (series: number, from: number, to: number) =>
        Array.from({ length: to - from }, (_, k) => {
          const step = from + k;
          const isInside = step >= 0 && step < set.lengths[series]!;
          return isInside ? set.values[set.offsets[series]! + step]! : Number.NaN;
        });
      let at = 0;
      for (const batch of batches(windows(set, options), { batchSize: 3 })) {
        for (let slot = 0; slot < batch.size; slot++, at++) {
          const [series, origin] = expected[at]!;
          const input = cells(series, origin - L, origin);
          const end = options.partialTargets ? (options.ranges?.ends[series] ?? Infinity) : Infinity;
          const target = cells(series, origin, origin + H).map((value, k) => (origin + k < end ? value : Number.NaN));
          const zeros = (values: readonly number[]) => values.map((value) => (Number.isNaN(value) ? 0 : value));
          const masks = (values: readonly number[]) => values.map((value) => (Number.isNaN(value) ? 0 : 1));
          expect([...batch.input.subarray(slot * L, (slot + 1) * L)]).toEqual(zeros(input));
          expect([...batch.inputMask.subarray(slot * L, (slot + 1) * L)]).toEqual(masks(input));
          expect([...batch.target.subarray(slot * H, (slot + 1) * H)]).toEqual(zeros(target));
          expect([...batch.targetMask.subarray(slot * H, (slot + 1) * H)]).toEqual(masks(target));
          expect([batch.series[slot], batch.origins[slot], batch.windows[slot]]).toEqual([series, origin, at]);
        }
      }
      expect(at).toBe(expected.length);
    }
  });
});

describe('partial targets', () => {
  const set = seriesFromArrays([
    { id: 'a', values: ramp(12) },
    { id: 'b', values: ramp(9) },
  ]);
  const shape = { inputSize: 2, horizon: 3, partialTargets: true };
  const ranges = { starts: Float64Array.of(0, 0), ends: Float64Array.of(8, 6) };

  it('end with their range, in a set that stays as it is', () => {
    const found = windows(set, { ...shape, ranges });
    expect([found.set, found.targetEnds]).toEqual([set, ranges.ends]);
    expect(found.set).toBe(set);
    expect(windows(set, shape).targetEnds).toBe(null);
    expect(windows(set, { inputSize: 2, horizon: 3, ranges }).targetEnds).toBe(null);
  });

  it('a window is left out for a target that it learns from, not for one that is masked', () => {
    const except = [{ starts: Float64Array.of(8, 6), ends: Float64Array.of(12, 9) }];
    expect(windows(set, { ...shape, ranges, except }).count).toBe(windows(set, { ...shape, ranges }).count);
    const within = [{ starts: Float64Array.of(7, 9), ends: Float64Array.of(8, 9) }];
    const { bounds, locate } = windows(set, { ...shape, ranges, except: within });
    expect(Array.from({ length: bounds[1]! }, (_, window) => locate(window).origin)).toEqual([2, 3, 4]);
  });

  it('count as far as they are there, without missing values too', () => {
    const minimumAvailability = { target: 0.5 };
    const { bounds, locate } = windows(set, { ...shape, ranges, minimumAvailability });
    expect(locate(bounds[1]! - 1)).toEqual({ series: 0, origin: 6 });
    const padded = windows(set, { inputSize: 4, horizon: 1, padInput: true, minimumAvailability: { input: 0.5 } });
    expect(padded.locate(0).origin).toBe(2);
  });

  it.each([
    [{}, /no window of 20 \+ 3 .* \(inputSize: … or horizon: …\), or pad it on the left/],
    [{ partialTargets: true }, /no window of 20 \+ 1 .* \(inputSize: …\), or pad it on the left/],
    [{ padInput: true, horizon: 30 }, /no window of 1 \+ 30 .* \(horizon: …\)\.$/],
    [
      { padInput: true, partialTargets: true, ranges: { starts: range0, ends: range0 } },
      /no window of 1 \+ 1 .*; add rows/,
    ],
  ])('the least that a window needs is told: %j', (more, said) => {
    expect(() => windows(set, { inputSize: 20, horizon: 3, ...more })).toThrow(said);
  });
});

describe('windows at the seam of two series', () => {
  it('padded inputs are judged by the steps of their own series', () => {
    // The series before ends with known values: they are none of the input of the one behind it.
    const set = seriesFromArrays([
      { id: 'a', values: ramp(8, 1) },
      { id: 'b', values: [Number.NaN, 2, 3, 4, 5, 6] },
    ]);
    const found = windows(set, { inputSize: 4, horizon: 1, padInput: true, minimumAvailability: { input: 0.5 } });
    const origins = Array.from({ length: found.count }, (_, window) => found.locate(window));
    expect(origins.filter(({ series }) => series === 1).map(({ origin }) => origin)).toEqual([3, 4, 5]);
    expect(origins.filter(({ series }) => series === 0).map(({ origin }) => origin)).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it('last with a stride keeps the last of the windows that the stride allows', () => {
    const set = seriesFromArrays([{ id: 'a', values: ramp(20) }]);
    const origins = (last: number) => {
      const found = windows(set, { inputSize: 4, horizon: 2, stride: 5, last });
      return Array.from({ length: found.count }, (_, window) => found.locate(window).origin);
    };
    expect([origins(1), origins(2), origins(9)]).toEqual([[14], [9, 14], [4, 9, 14]]);
  });
});

it('series without a window are named', () => {
  const set = seriesFromArrays([
    { id: 'a', values: ramp(9) },
    { id: 'short', values: ramp(5) },
    { id: 'b', values: ramp(6) },
  ]);
  expect(seriesWithoutWindows(windows(set, { inputSize: 4, horizon: 2 }))).toEqual(['short']);
});
