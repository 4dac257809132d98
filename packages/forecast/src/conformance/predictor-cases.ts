import { type SeriesSet, type Windows, windows } from '@nt/data';
import type { Predictor } from '../predictor.ts';

/** What a case is given. */
export interface PredictorUnderTest {
  readonly predictor: Predictor;
  /** Data that the predictor takes, at least four horizons long; not changed. */
  readonly set: SeriesSet;
  /** Saves the predictor and loads it again. Absent: that is not looked at, as for a predictor without `saving`. */
  readonly reload?: ((predictor: Predictor) => Promise<Predictor>) | undefined;
}

/** One thing that every predictor holds to. */
export interface PredictorCase {
  readonly name: string;
  /** @throws Error saying what was expected and what was found */
  run(subject: PredictorUnderTest): Promise<void>;
}

/** How far two forecasts of the same window may lie apart when others stand in its batch: float32 sums in another order. */
const batchTolerance = 1e-5;

/**
 * The contract of `Predictor` as data, for fitted networks, rules, ensembles, calibrated wrappers, and your own:
 * `for (const { name, run } of predictorCases) it(name, () => run({ predictor, set }))`.
 */
export const predictorCases: readonly PredictorCase[] = [
  {
    name: 'gives a finite number for each step of each window',
    run: async ({ predictor, set }) => {
      const asked = lastWindows(predictor, set);
      const { point, quantiles } = await predictor.predictWindows(asked);
      expect(
        point.length === asked.count * predictor.horizon,
        `${asked.count} × ${predictor.horizon} numbers`,
        point.length,
      );
      expect(
        point.every(Number.isFinite),
        'finite numbers',
        point.find((value) => !Number.isFinite(value)),
      );
      expect(quantiles.length === 0, 'no quantiles that were not asked for', quantiles.length);
    },
  },
  {
    name: 'sees nothing at or behind the origin of a window',
    run: async ({ predictor, set }) => {
      const asked = lastWindows(predictor, set);
      const origins = Array.from({ length: asked.count }, (_, window) => asked.locate(window));
      const before = await predictor.predictWindows(asked);
      const values = Float64Array.from(set.values);
      const first = origins.reduce((least, { origin }) => Math.min(least, origin), Infinity);
      set.ids.forEach((_, series) => {
        const [from, to] = [set.offsets[series]! + first, set.offsets[series]! + set.lengths[series]!];
        for (let row = from; row < to; row++) values[row] = 3 * values[row]! + 1e3 + row;
      });
      const only = firstOfEach(asked, first);
      const was = rowsOf(before.point, only, predictor.horizon);
      const after = await predictor.predictWindows({ ...asked, set: { ...set, values } });
      const is = rowsOf(after.point, only, predictor.horizon);
      expect(was.join() === is.join(), 'the same forecasts after values from the origin on were changed', is[0]);
    },
  },
  {
    name: 'gives the same bits for the same data',
    run: async ({ predictor, set }) => {
      const asked = lastWindows(predictor, set);
      const [one, two] = [await predictor.predictWindows(asked), await predictor.predictWindows(asked)];
      expect(one.point.join() === two.point.join(), 'the same bits twice', 'others');
    },
  },
  {
    name: 'forecasts a window alone as among others',
    run: async ({ predictor, set }) => {
      const asked = lastWindows(predictor, set);
      const together = (await predictor.predictWindows(asked)).point;
      const last = asked.locate(asked.count - 1);
      const bounds = Float64Array.from({ length: set.ids.length + 1 }, (_, series) => Number(series > last.series));
      const alone = (await predictor.predictWindows({ ...asked, count: 1, bounds, locate: () => last })).point;
      const same = together.slice(-predictor.horizon);
      const distance = (value: number, i: number): number =>
        Math.abs(value - same[i]!) / Math.max(1, Math.abs(same[i]!));
      const apart = alone.map(distance).reduce((most, one) => Math.max(most, one));
      expect(apart <= batchTolerance, `a difference of at most ${batchTolerance}`, apart);
    },
  },
  {
    name: 'predicts what follows the end of each series',
    run: async ({ predictor, set }) => {
      const { horizon, series } = await predictor.predict(set);
      expect(horizon === predictor.horizon, `its horizon of ${predictor.horizon}`, horizon);
      expect(
        series.map(({ id }) => id).join() === set.ids.join(),
        `series ${set.ids}`,
        series.map(({ id }) => id),
      );
      for (const { times, values } of series) {
        expect(times.length === horizon && values.length === horizon, `${horizon} times and values`, times.length);
        expect(
          times.every((time, i) => i === 0 || time > times[i - 1]!),
          'times that ascend',
          times,
        );
      }
    },
  },
  {
    name: 'gives the quantiles that it says it can, in order, and refuses others',
    run: async ({ predictor, set }) => {
      const asked = lastWindows(predictor, set);
      const told = predictor.quantiles === 'any' ? [0.05, 0.5, 0.95] : predictor.quantiles;
      const { quantiles } = await predictor.predictWindows(asked, told);
      expect(quantiles.length === told.length, `${told.length} quantiles`, quantiles.length);
      quantiles.forEach((values, k) => {
        expect(values.length === asked.count * predictor.horizon, 'one number for each step', values.length);
        const crossed = k === 0 ? -1 : values.findIndex((value, i) => value < quantiles[k - 1]![i]!);
        expect(crossed < 0, 'quantiles that do not cross', `crossing at ${crossed}`);
      });
      if (predictor.quantiles === 'any') return;
      const refusal = await predictor.predictWindows(asked, [0.123]).catch((error: unknown) => error);
      expect(refusal instanceof Error, 'an error for a quantile that it cannot give', 'none');
    },
  },
  {
    name: 'comes back from its files with the same bits',
    run: async ({ predictor, set, reload }) => {
      if (predictor.saving === undefined || reload === undefined) return;
      const told = predictor.quantiles === 'any' ? [0.05, 0.5, 0.95] : predictor.quantiles;
      const bits = async (one: Predictor): Promise<string> => {
        const { point, quantiles } = await one.predictWindows(lastWindows(one, set), told);
        const { method, horizon, quantiles: can, trainedOn, saving } = one;
        const { kind, state, members = [] } = saving!;
        const description = { method, horizon, can, trainedOn, kind, state, members: members.length };
        return [JSON.stringify(description), ...[point, ...quantiles].map((values) => values.join())].join('\n');
      };
      const copy = await reload(predictor);
      const [was, is] = [await bits(predictor), await bits(copy)];
      copy.dispose();
      const at = was.split('\n').findIndex((line, i) => line !== is.split('\n')[i]);
      expect(
        was === is,
        ['the same description', 'the same points', 'the same quantiles'][Math.min(at, 2)]!,
        is.split('\n')[at],
      );
    },
  },
  {
    name: 'leaves the data as they are',
    run: async ({ predictor, set }) => {
      const before = Array.from(set.values).join();
      await predictor.predict(set);
      await predictor.predictWindows(lastWindows(predictor, set));
      expect(Array.from(set.values).join() === before, 'the same values as before', 'others');
    },
  },
];

/** The last windows of each series whose targets are there, a horizon's worth. */
function lastWindows({ horizon }: Predictor, set: SeriesSet): Windows {
  return windows(set, { inputSize: 1, horizon, last: horizon });
}

/** The windows that begin at a step. */
const firstOfEach = (asked: Windows, origin: number): number[] =>
  Array.from({ length: asked.count }, (_, window) => window).filter((window) => asked.locate(window).origin === origin);

const rowsOf = (point: Float64Array, rows: readonly number[], horizon: number): number[] =>
  rows.flatMap((row) => [...point.subarray(row * horizon, (row + 1) * horizon)]);

function expect(holds: boolean, expected: string, found: unknown): void {
  if (!holds) throw new Error(`expected ${expected}, found ${String(found)}`);
}
