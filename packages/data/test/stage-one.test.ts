import { describe, expect, it } from 'vitest';
import {
  batches,
  DataError,
  fitScaler,
  forecastWindows,
  readCsv,
  scalerFromJson,
  seriesFromArrays,
  splitByTime,
  windows,
} from '../src/index.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const ramp = (length: number, from = 0) => Float64Array.from({ length }, (_, step) => from + step);

async function errorOf(run: () => Promise<unknown>): Promise<DataError> {
  try {
    await run();
  } catch (error) {
    if (DataError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('readCsv', () => {
  it('reads trimmed headers, CRLF, BOM, quotes and numbers of every spelling', async () => {
    const text =
      '\uFEFFds, "y" \r\n2020-01-01,1\r\n2020-01-02,"-2.5"\r\n2020-01-03,+3e2\r\n2020-01-04,.5\r\n2020-01-05,12345678901234567.5\r\n';
    const set = await readCsv(bytes(text));
    expect([...set.values]).toEqual([1, -2.5, 300, 0.5, Number('12345678901234567.5')]);
    expect(set.frequency).toEqual({ unit: 'day', count: 1 });
    expect(set.starts[0]).toBe(Date.UTC(2020, 0, 1));
  });

  it('names the columns and the nearest one when the target is not there', async () => {
    const error = await errorOf(() =>
      readCsv(bytes('date,open,close\n2020-01-01,1,2\n'), { target: 'clsoe', name: 'p.csv' }),
    );
    expect(error.code).toBe('data/missing-column');
    expect(error.message).toBe(
      "p.csv: target column 'clsoe' not found; the file has: date, open, close. Did you mean target: 'close'?",
    );
  });

  it('gives line, column and text of a cell that is no number', async () => {
    const error = await errorOf(() => readCsv(bytes('ds,y\n2020-01-01,1\n2020-01-02,abc\n'), { name: 'p.csv' }));
    expect(error.details).toMatchObject({ file: 'p.csv', line: 3, column: 'y', value: 'abc', count: 1 });
  });

  it('keeps ids as texts and series apart', async () => {
    const set = await readCsv(bytes('id,ds,y\n001,2020-01-01,1\n1,2020-01-01,5\n001,2020-01-02,2\n1,2020-01-02,6\n'), {
      id: 'id',
    });
    expect(set.ids).toEqual(['001', '1']);
    expect([...set.values]).toEqual([1, 2, 5, 6]);
  });
});

describe('batches', () => {
  const set = seriesFromArrays([
    { id: 'a', values: ramp(20) },
    { id: 'b', values: ramp(15, 100) },
  ]);
  const all = windows(set, { inputSize: 4, horizon: 2 });

  it('holds every window of every series and none across the seam', () => {
    expect(all.count).toBe(15 + 10);
    for (const batch of batches(all, { batchSize: 7 })) {
      for (let slot = 0; slot < batch.size; slot++) {
        const first = batch.input[slot * 4]!;
        expect([
          ...batch.input.subarray(slot * 4, slot * 4 + 4),
          ...batch.target.subarray(slot * 2, slot * 2 + 2),
        ]).toEqual([...ramp(6, first)]);
      }
    }
  });

  it('continues in mid-epoch with the same batches', () => {
    const whole = batches(all, { batchSize: 4, shuffle: true, seed: 7 });
    const numbers = (source: Iterable<{ windows: Float64Array }>) => [...source].map((batch) => [...batch.windows]);
    const [first, second] = [numbers(whole), numbers(whole)];
    const cut = batches(all, { batchSize: 4, shuffle: true, seed: 7 });
    numbers(cut);
    let taken = 0;
    for (const batch of cut) {
      expect([...batch.windows]).toEqual(second[taken]);
      if (++taken === 3) break;
    }
    const resumed = batches(all, { batchSize: 4, shuffle: true, seed: 7 });
    resumed.restore(JSON.parse(JSON.stringify(cut.state())));
    expect(numbers(resumed)).toEqual(second.slice(3));
    expect(first.flat().sort((x, y) => x - y)).toEqual([...ramp(25)]);
    expect(first).not.toEqual(second);
  });

  it('starts a forecast behind the last value', () => {
    const [batch] = [...batches(forecastWindows(set, { inputSize: 3, horizon: 2 }), { batchSize: 8 })];
    expect([...batch!.input]).toEqual([17, 18, 19, 112, 113, 114]);
    expect([...batch!.targetMask]).toEqual([0, 0, 0, 0]);
  });
});

describe('splitByTime and fitScaler', () => {
  it('shares no target between parts and looks at the train part only', () => {
    const values = ramp(100);
    const split = splitByTime(seriesFromArrays([{ id: 'a', values }]), { validation: 0.1, test: 0.2 });
    expect([split.train, split.validation, split.test].map((part) => [part.starts[0], part.ends[0]])).toEqual([
      [0, 70],
      [70, 80],
      [80, 100],
    ]);
    const fit = (tail: number) =>
      fitScaler(seriesFromArrays([{ id: 'a', values: values.map((value, step) => (step < 70 ? value : tail)) }]), {
        kind: 'standard',
        ranges: split.train,
      });
    expect(fit(1e9).toJson()).toEqual(fit(-5).toJson());
  });

  it('inverts every kind, also after JSON', () => {
    const set = seriesFromArrays([
      { id: 'a', values: Float64Array.from({ length: 50 }, (_, step) => 3 + Math.sin(step) + step / 10) },
    ]);
    const { train } = splitByTime(set);
    for (const kind of ['none', 'standard', 'robust', 'minmax', 'log', 'arcsinh', 'boxcox'] as const) {
      const scaler = scalerFromJson(JSON.parse(JSON.stringify(fitScaler(set, { kind, ranges: train }).toJson())));
      const back = scaler.inverse(scaler.transform(set, { precision: 'float64' }).values, 'a');
      for (let step = 0; step < 50; step++) expect(Math.abs(back[step]! - set.values[step]!)).toBeLessThan(1e-12);
    }
  });
});
