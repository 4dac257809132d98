import { splitByTime, windows } from '@nt/data';
import { evaluate, naive, ridgePredictor, seasonalNaive } from '@nt/forecast';
import { fitRidge } from '@nt/linear';
import { describe, expect, it } from 'vitest';
import { trainingData } from '../src/saved/training-data.ts';
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

  it('knows up to when it has seen each series: its validation part chose', () => {
    const { trainedOn } = ridgePredictor(fitted);
    expect(trainedOn).toMatchObject({ target: 'y', historic: [], reading: set.reading });
    expect(trainedOn!.seenUntil).toEqual(trainingData(set, split).seenUntil);
  });
});
