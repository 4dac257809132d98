import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber } from '../src/csv/parse-number.ts';
import {
  batches,
  fitScaler,
  forecastWindows,
  formatTime,
  readCsv,
  readRows,
  type SeriesSet,
  seriesFromArrays,
  seriesValues,
  splitByTime,
  timeAt,
  windows,
} from '../src/index.ts';
import { bytes, ramp } from './support/bytes.ts';
import { float32, scaleRoundTrip, smallestNormal } from './tolerances.ts';

const numRuns = process.env['NT_LONG'] ? 5000 : 100;
const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
const makeSet = (sizes: readonly number[]) =>
  seriesFromArrays(sizes.map((length, index) => ({ id: `s${index}`, values: ramp(length, index * 1000) })));
const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 });

describe('properties', () => {
  it('windows are as many as the formula says, for any length, stride and sizes', () => {
    fc.assert(
      fc.property(
        lengths,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 7 }),
        (sizes, inputSize, horizon, stride) => {
          const expected = sizes.reduce(
            (sum, length) =>
              sum + (length < inputSize + horizon ? 0 : Math.floor((length - inputSize - horizon) / stride) + 1),
            0,
          );
          fc.pre(expected > 0);
          const all = windows(makeSet(sizes), { inputSize, horizon, stride });
          expect(all.count).toBe(expected);
          for (let window = 0; window < all.count; window++) {
            const { series, origin } = all.locate(window);
            expect(origin >= inputSize && origin + horizon <= sizes[series]!).toBe(true);
            expect(window >= all.bounds[series]! && window < all.bounds[series + 1]!).toBe(true);
          }
        },
      ),
      { numRuns },
    );
  });

  it('with missing values, a window is kept when it has the shares asked for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 8, maxLength: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (mask, input, target) => {
          const set = seriesFromArrays([
            { id: 'a', values: mask.map((isThere, step) => (isThere ? step + 1 : Number.NaN)) },
          ]);
          let expected = 0;
          for (let origin = 4; origin + 3 <= mask.length; origin++) {
            const share = (from: number, to: number) => mask.slice(from, to).filter(Boolean).length;
            if (share(origin - 4, origin) >= input * 4 && share(origin, origin + 3) >= Math.max(1, target * 3))
              expected++;
          }
          fc.pre(expected > 0);
          expect(windows(set, { inputSize: 4, horizon: 3, minimumAvailability: { input, target } }).count).toBe(
            expected,
          );
        },
      ),
      { numRuns },
    );
  });

  it('the batches of an epoch hold every window once, and a resumed epoch holds the rest', () => {
    const shuffle = fc.oneof(
      fc.boolean(),
      fc.record({ blockSeries: fc.integer({ min: 1, max: 3 }), poolBlocks: fc.integer({ min: 1, max: 3 }) }),
    );
    fc.assert(
      fc.property(
        lengths,
        fc.integer({ min: 1, max: 9 }),
        shuffle,
        fc.nat(1e9),
        fc.nat(20),
        (sizes, batchSize, order, seed, stop) => {
          fc.pre(sizes.some((length) => length >= 5));
          const all = windows(makeSet(sizes), { inputSize: 3, horizon: 2 });
          const source = () => batches(all, { batchSize, shuffle: order, seed });
          const whole = [...source()];
          expect(whole.flatMap((batch) => [...batch.windows]).sort((x, y) => x - y)).toEqual([...ramp(all.count)]);
          const cut = source();
          const taken = Math.min(stop, whole.length);
          let count = 0;
          if (taken > 0) for (const _ of cut) if (++count === taken) break;
          const resumed = source();
          resumed.restore(JSON.parse(JSON.stringify(cut.state())));
          expect([...resumed]).toEqual(whole.slice(taken));
        },
      ),
      { numRuns },
    );
  });

  it('a batch holds the values of its windows, and a scaled one their scaled values', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 9, maxLength: 30 }), (values) => {
        const set = seriesFromArrays([{ id: 'a', values }]);
        for (const batch of batches(windows(set, { inputSize: 5, horizon: 2 }), { batchSize: 4 })) {
          for (let slot = 0; slot < batch.size; slot++) {
            for (let k = 0; k < 5; k++)
              expect(batch.input[slot * 5 + k]).toBe(Math.fround(values[batch.origins[slot]! - 5 + k]!));
          }
        }
        const scaler = fitScaler(set, { kind: 'standard', ranges: splitByTime(set).train });
        const largest = values.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
        const back = scaler.inverse(scaler.transform(set, { precision: 'float64' }).values, 'a');
        for (const [step, one] of values.entries())
          expect(Math.abs(back[step]! - one)).toBeLessThanOrEqual(scaleRoundTrip * largest + smallestNormal);
        const coarse = scaler.inverse(scaler.transform(set).values, 'a');
        const extent = Math.max(...values) - Math.min(...values) + largest;
        for (const [step, one] of values.entries())
          expect(Math.abs(coarse[step]! - one)).toBeLessThanOrEqual(4 * float32 * extent + smallestNormal);
      }),
      { numRuns },
    );
  });

  it('CSV → series → CSV → series loses no bit', async () => {
    const write = (set: SeriesSet) => {
      const rows = set.ids.flatMap((id, series) =>
        [...seriesValues(set, series)].map(
          (one, step) =>
            `"${id.replaceAll('"', '""')}",${formatTime(timeAt(set, series, step))},${Object.is(one, -0) ? '-0' : one}`,
        ),
      );
      return `id,ds,y\n${rows.join('\n')}\n`;
    };
    const id = fc.string({ minLength: 1, maxLength: 6 }).filter((text) => text.trim() !== '' && !text.includes('\r'));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(id, { minLength: 1, maxLength: 4 }),
        fc.array(value, { minLength: 3, maxLength: 12 }),
        async (ids, values) => {
          const set = seriesFromArrays(
            ids.map((name) => ({ id: name, values, start: '2020-02-27T23:00' })),
            { frequency: 'hour' },
          );
          const read = await readCsv(bytes(write(set)), { id: 'id', frequency: 'hour' });
          expect([read.ids, read.values, read.starts]).toEqual([set.ids, set.values, set.starts]);
          expect(write(read)).toBe(write(set));
        },
      ),
      { numRuns },
    );
  });

  it('numbers are read to the same bits as by the language, in any spelling', async () => {
    const spelling = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e38, max: 1e38 }).map(String),
      fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(12)).map(([digits, places]) => {
        const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
        return `${digits < 0n ? '-' : ''}${text.slice(0, text.length - places)}${places === 0 ? '' : `.${text.slice(-places)}`}`;
      }),
      fc.float({ noNaN: true, noDefaultInfinity: true }).map((one) => one.toExponential()),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(spelling, { minLength: 2, maxLength: 20 }), async (texts) => {
        const set = await readCsv(bytes(`y\n${texts.join('\n')}\n`), { time: false });
        expect([...set.values]).toEqual(texts.map(Number));
        expect(texts.map((text) => parseNumber(text, { decimal: '.' }))).toEqual(texts.map(Number));
      }),
      { numRuns },
    );
  });

  it('rows and CSV agree', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ id: fc.constantFrom('a', 'b', '07'), step: fc.nat(30), y: value }), {
          minLength: 4,
          maxLength: 40,
        }),
        async (records) => {
          const time = (step: number) => new Date(Date.UTC(2020, 0, 1) + step * 86_400_000).toISOString().slice(0, 10);
          const options = { id: 'id', duplicates: 'last', gaps: 'mask', frequency: 'day' } as const;
          const rows = await readRows(
            records.map((one) => ({ id: one.id, ds: time(one.step), y: one.y + 0 })),
            options,
          );
          const csv = await readCsv(
            bytes(`id,ds,y\n${records.map((one) => `${one.id},${time(one.step)},${one.y + 0}`).join('\n')}\n`),
            options,
          );
          expect([rows.ids, rows.values, rows.available, rows.offsets]).toEqual([
            csv.ids,
            csv.values,
            csv.available,
            csv.offsets,
          ]);
          expect(forecastWindows(csv, { inputSize: 2, horizon: 1 }).count).toBe(csv.ids.length);
        },
      ),
      { numRuns },
    );
  });
});
