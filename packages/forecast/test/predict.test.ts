import { createCpuBackend } from '@nt/backend-cpu';
import { readRows, type SeriesSet, seriesFromArrays } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensemble, type FittedForecaster, NhitsForecaster, naive } from '../src/index.ts';
import { fitQuickly, options, planAndFit, quick } from './fit-quickly.ts';
import { madeSeries } from './made-series.ts';

let backend: Backend<Tensor>;
let model: FittedForecaster;
beforeAll(async () => {
  backend = (await createCpuBackend()) as unknown as Backend<Tensor>;
  model = await fitQuickly(backend)({ maxEpochs: 20, learningRate: 1e-2 });
});
afterAll(async () => {
  model.dispose();
  await backend.dispose();
});

const wave = (length: number, scale: number): number[] =>
  Array.from({ length }, (_, t) => scale * (10 + 3 * Math.sin((2 * Math.PI * t) / 7)));
const days = (id: string, values: readonly number[], more: object = {}): SeriesSet =>
  seriesFromArrays([{ id, values, start: '2024-01-01', ...more }], { frequency: 'day', target: 'y' });
const codes = async (set: SeriesSet): Promise<string[]> => (await model.predict(set)).notices.map(({ code }) => code);

describe('other data than the training', () => {
  it('a series never seen is scaled by its own rows, and that is said', async () => {
    const { series, notices } = await model.predict(days('new', wave(100, 1e6)));
    expect(notices.map(({ code }) => code)).toEqual(['new-series']);
    expect(notices[0]!.message).toMatch(/own rows: new/);
    for (const value of series[0]!.values) expect(value / 1e6).toBeGreaterThan(5);
  });

  it('another frequency is refused', async () => {
    const hours = seriesFromArrays([{ id: 'a', values: wave(100, 1), start: '2024-01-01' }], { frequency: 'hour' });
    await expect(model.predict(hours)).rejects.toThrow(
      /trained on steps of one day; these data have steps of one hour/,
    );
    const quarters = seriesFromArrays([{ id: 'a', values: wave(100, 1), start: '2024-01-01' }], {
      frequency: '15 minutes',
    });
    await expect(model.predict(quarters)).rejects.toThrow(/these data have steps of 15 minutes\./);
    await expect(model.evaluate(hours)).rejects.toMatchObject({ code: 'forecast/frequency' });
  });

  it('too few rows, older data, a gap: each is said', async () => {
    const from = (start: string, length: number): SeriesSet =>
      seriesFromArrays([{ id: 'a', values: wave(length, 1), start }], { frequency: 'day', target: 'y' });
    expect(await codes(from('2024-01-01', 10))).toEqual(['padded', 'older']);
    expect(await codes(from('2024-01-01', 60))).toEqual(['older']);
    expect(await codes(from('2026-01-01', 60))).toEqual(['gap']);
    expect(await codes(madeSeries())).toEqual([]);
  });

  it.each(['b', 'never seen'])(
    'a series without a recent value (%s) is named, and the others are forecast',
    async (id) => {
      const both = seriesFromArrays(
        [
          { id: 'a', values: wave(60, 1), start: '2024-01-01' },
          { id, values: [...wave(39, 1), ...Array(21).fill(Number.NaN)], start: '2024-01-01' },
        ],
        { frequency: 'day', target: 'y' },
      );
      const alone = days('a', wave(60, 1), {});
      for (const predictor of [model, ensemble([naive(7), model])]) {
        const { series, notices } = await predictor.predict(both);
        expect(series.map((one) => one.id)).toEqual(['a']);
        expect(notices[0]).toMatchObject({ code: 'not-forecast', message: expect.stringContaining(`: ${id}. Leave`) });
        const [expected] = (await predictor.predict(alone)).series;
        series[0]!.values.forEach((value, step) => {
          expect(value).toBeCloseTo(expected!.values[step]!, 4);
        });
      }
    },
  );

  it('nothing observed within the look-back of any series is an error', async () => {
    const empty = days('a', [...wave(60, 1), ...Array(21).fill(Number.NaN)], {});
    await expect(model.predict(empty)).rejects.toMatchObject({ code: 'forecast/too-short' });
  });

  it('a single series may have another name', async () => {
    const recipe = new NhitsForecaster(backend, options);
    const single = seriesFromArrays([{ id: 'Close', values: wave(160, 1), start: '2024-01-01' }], {
      frequency: 'day',
      target: 'Close',
    });
    const { forecaster } = await planAndFit(recipe, single, { ...quick, maxEpochs: 1 });
    const renamed = { ...single, ids: ['Close Price'], target: 'Close Price' };
    const [before, after] = [await forecaster.predict(single), await forecaster.predict(renamed)];
    expect(after.series[0]!.values).toEqual(before.series[0]!.values);
    expect(after.notices).toEqual([
      { code: 'other-target', message: "the target was called 'Close' in the training, here 'Close Price'" },
    ]);
    forecaster.dispose();
  });
});

describe('other horizons', () => {
  it('a shorter one is the beginning', async () => {
    const [whole, part] = [await model.predict(madeSeries()), await model.predict(madeSeries(), { horizon: 3 })];
    expect(part.series.map(({ values }) => [...values])).toEqual(
      whole.series.map(({ values }) => [...values].slice(0, 3)),
    );
    expect(part.series[0]!.times).toEqual(whole.series[0]!.times.slice(0, 3));
  });

  it('a longer one goes on from its own forecasts, and says so', async () => {
    const set = madeSeries();
    const { series, notices, horizon } = await model.predict(set, { horizon: 10 });
    const first = await model.predict(set);
    const rows = Array.from({ length: 2 }, (_, s) => [
      ...Array.from(set.values.subarray(set.offsets[s]!, set.offsets[s]! + set.lengths[s]!)),
      ...first.series[s]!.values,
    ]);
    const longer = seriesFromArrays(
      rows.map((values, s) => ({ id: set.ids[s]!, values, start: '2024-01-01' })),
      { frequency: 'day', target: 'y' },
    );
    const second = await model.predict(longer);
    expect(horizon).toBe(10);
    expect(notices.map(({ code }) => code)).toEqual(['recursive']);
    series.forEach(({ values, times }, s) => {
      expect([...values]).toEqual([...first.series[s]!.values, ...second.series[s]!.values.slice(0, 3)]);
      expect(times).toHaveLength(10);
      expect(times[9]).toBe(second.series[s]!.times[2]);
    });
    await expect(naive(7).predict(set, { horizon: 8, quantiles: [0.5] })).rejects.toThrow(/at most 7/);
    for (const [own, horizon, message] of [
      [7, 1e9, /^horizon: expected at most 70000 time steps, 10000 times the predictor's own 7, got 1000000000\./],
      [1, 10_001, /at most 10000 time steps/],
      [1e9, undefined, /at most 1000000 time steps, got 1000000000/],
      [200, 1_000_001, /at most 1000000 time steps, got 1000001/],
    ] as const) {
      const asked = naive(own).predict(set, { horizon });
      await expect(asked).rejects.toMatchObject({ code: 'forecast/option', message: expect.stringMatching(message) });
    }
    await expect(model.predict(set, { horizon: 1e9 })).rejects.toThrow(/horizon: expected at most 70000/);
    expect((await naive(1).predict(set, { horizon: 300 })).series[0]!.values.at(-1)).toBe(set.values[159]);
    await expect(naive(7).predict(set, { horizon: 0 })).rejects.toThrow(/horizon: expected an integer >= 1/);
  });
});

describe('covariates known ahead', () => {
  const x = (length: number): number[] => Array.from({ length }, (_, t) => Math.cos(t));

  it('come from the same file or from another one: the same forecasts', async () => {
    const recipe = new NhitsForecaster(backend, options);
    const train = days('a', wave(160, 1), { future: { x: x(160) } });
    const { forecaster } = await planAndFit(recipe, train, { ...quick, maxEpochs: 1 });
    const inside = await forecaster.predict(days('a', wave(160, 1), { future: { x: x(167) } }));
    const ahead = seriesFromArrays(
      [{ id: 'a', values: Array(8).fill(0), start: '2024-06-08', future: { x: x(168).slice(159, 167) } }],
      { frequency: 'day', target: 'y' },
    );
    expect((await forecaster.predict(train, { future: ahead })).series).toEqual(inside.series);
    await expect(forecaster.predict(train)).rejects.toThrow(/series 'a' lacks 7 of 7 steps, first 2024-06-09/);
    await expect(forecaster.predict(train, { future: ahead, horizon: 12 })).rejects.toThrow(/2024-06-16/);
    forecaster.dispose();
  });

  it('the calendar follows from the times: no file has to hold it', async () => {
    const plain = await planAndFit(new NhitsForecaster(backend, options), madeSeries(), quick);
    const recipe = new NhitsForecaster(backend, { ...options, calendar: ['dayOfWeek'] });
    const { forecaster } = await planAndFit(recipe, madeSeries(), quick);
    const [without, withCalendar] = [
      await plain.forecaster.predict(madeSeries()),
      await forecaster.predict(madeSeries()),
    ];
    expect(withCalendar.series[0]!.values).not.toEqual(without.series[0]!.values);
    expect((await forecaster.predict(madeSeries(), { horizon: 9 })).series[0]!.values).toHaveLength(9);
    await forecaster.evaluate(madeSeries());
    expect(() => new NhitsForecaster(backend, { ...options, calendar: ['weekday' as never] })).toThrow(/calendar/);
    forecaster.dispose();
    plain.forecaster.dispose();
  });
});

it("scalerScope 'global' gives all series one scale", async () => {
  const own = await fitQuickly(backend)({ maxEpochs: 1 });
  const shared = await fitQuickly(backend)({ maxEpochs: 1 }, { scalerScope: 'global' });
  expect((await shared.predict(madeSeries())).series).not.toEqual((await own.predict(madeSeries())).series);
  own.dispose();
  shared.dispose();
});

it('columns of texts: levels never seen go to the level made for them and are named; fewer levels are no other data', async () => {
  const sky = ['sun', 'rain', 'fog'];
  const rowsOf = (levelOf: (day: number) => string) =>
    Array.from({ length: 167 }, (_, day) => ({
      date: new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10),
      y: day < 160 ? 10 + 3 * Math.sin((2 * Math.PI * day) / 7) + (day % 3) : null,
      sky: levelOf(day),
    }));
  const roles = { time: 'date', target: 'y', future: ['sky'] };
  const train = await readRows(
    rowsOf((day) => sky[day % 3]!),
    roles,
  );
  const { forecaster } = await planAndFit(new NhitsForecaster(backend, options), train, { ...quick, maxEpochs: 2 });
  const { reading } = forecaster.trainedOn;
  const told = async (levelOf: (day: number) => string) =>
    forecaster.predict(await readRows(rowsOf(levelOf), reading as typeof roles));
  const same = await told((day) => sky[day % 3]!);
  expect(same.notices).toEqual([]);
  expect((await told(() => 'sun')).notices).toEqual([]);
  const { series, notices } = await told((day) => (day >= 160 ? 'snow' : sky[day % 3]!));
  expect(notices).toEqual([{ code: 'unseen-level', message: expect.stringMatching(/count as unseen: sky: snow$/) }]);
  expect(series[0]!.values).not.toEqual(same.series[0]!.values);
  const hail = await told((day) => (day >= 160 ? 'hail' : sky[day % 3]!));
  expect(hail.series[0]!.values).toEqual(series[0]!.values);
  forecaster.dispose();
});
