import { splitByTime, windows } from '@nt/data';
import { evaluate, fromRidgeFiles, naive, ridgePredictor, seasonalNaive, toRidgeFiles } from '@nt/forecast';
import { fitRidge } from '@nt/linear';
import { describe, expect, it } from 'vitest';
import { madeSeries } from './made-series.ts';

const set = madeSeries(200);
const split = splitByTime(set, { validation: 0.2, test: 0.2 });
const fitted = await fitRidge(set, split, { horizon: 7 });

describe('ridgePredictor', () => {
  it('is judged beside the naive forecasts, and beats them on a season with a trend', async () => {
    const unseen = windows(set, { inputSize: 1, horizon: 7, ranges: split.test });
    const { rows } = await evaluate([ridgePredictor(fitted), naive(7), seasonalNaive(7, 7)], unseen);
    expect(rows.map(({ method }) => method)).toEqual(['ridge', 'naive', 'seasonal naive']);
    expect(rows[0]!.mae).toBeLessThan(Math.min(rows[1]!.mae, rows[2]!.mae));
  });

  it('forecasts what comes behind the end of each series, and refuses quantiles', async () => {
    const predictor = ridgePredictor(fitted);
    const { series } = await predictor.predict(set);
    expect(series.map(({ id, values }) => [id, values.length])).toEqual([
      ['a', 7],
      ['b', 7],
    ]);
    await expect(predictor.predict(set, { levels: [80] })).rejects.toThrow(/ridge gives no quantiles/);
    predictor.dispose();
  });

  it('comes back from its files with the same bits, and damaged files are refused', async () => {
    const files = toRidgeFiles(fitted);
    const loaded = ridgePredictor(fromRidgeFiles(files));
    expect(await loaded.predict(set)).toEqual(await ridgePredictor(fitted).predict(set));
    const bytes = files['weights.safetensors'];
    expect(() => fromRidgeFiles({ ...files, 'weights.safetensors': bytes.subarray(0, 100) })).toThrow(
      /weights.safetensors/,
    );
    expect(() => fromRidgeFiles({ ...files, 'model.json': bytes })).toThrow(/model.json: expected JSON/);
    expect(() => fromRidgeFiles({ ...files, 'model.json': new TextEncoder().encode('{}') })).toThrow(/linear model/);
  });
});
