import { fitRidge } from '@nt/linear';
import { describe, expect, it } from 'vitest';
import { etth1, nordPool, publicSeriesFolder, usBirths } from './public-series.ts';
import { testErrors } from './test-errors.ts';

const folder = publicSeriesFolder ?? '';

describe('accuracy with nothing told but the horizon', () => {
  it('is measured on the series in the folder that NT_SHARED_DATA names', () => {
    expect(publicSeriesFolder).toBeDefined();
  });

  it.each([
    ['ETTh1 H=96', etth1, 19_495, 0.363, 0.389],
    ['US births H=28', usBirths, 1434, 0.1, 0.216],
    ['Nord Pool H=24', nordPool, 10_460, 0.217, 0.251],
  ] as const)('%s', async (_, load, count, mse, mae) => {
    const series = load(folder);
    const fitted = await fitRidge(series.set, series.split, { horizon: series.horizon });
    const found = await testErrors(fitted, series);
    expect(found.windows).toBe(count);
    expect(found.mse).toBeLessThanOrEqual(mse);
    expect(found.mae).toBeLessThanOrEqual(mae);
  });
});
