import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { batches, fitScaler, splitByTime, windows } from '../src/index.ts';
import { readTable } from '../src/node/index.ts';
import { publicSeriesFolder } from '../test/public-series.ts';

/** Holds the nine files of the project's data sheet: ETTh1.csv, m4_hourly_dataset.tsf, nordpool_np.csv … */
const folder = publicSeriesFolder ?? '';

/** Mean squared and absolute error of repeating the last value, over all windows, steps and channels. */
async function lastValue(horizon: number): Promise<string> {
  const set = await readTable(join(folder, 'ETTh1.csv'), { layout: 'wide' });
  const split = splitByTime(set, { train: 8640, validation: 2880, test: 2880 });
  const scaled = fitScaler(set, { kind: 'standard', ranges: split.train }).transform(set);
  const test = windows(scaled, { inputSize: 1, horizon, ranges: split.test });
  expect(test.count).toBe(7 * (2880 - horizon + 1));
  let [squared, absolute] = [0, 0];
  for (const batch of batches(test, { batchSize: 512, buffers: 1 })) {
    for (let k = 0; k < batch.target.length; k++) {
      const error = batch.target[k]! - batch.input[Math.floor(k / horizon)]!;
      squared += error * error;
      absolute += Math.abs(error);
    }
  }
  const count = test.count * horizon;
  return `${(squared / count).toFixed(3)}/${(absolute / count).toFixed(3)}`;
}

describe('public series', () => {
  it('are in the folder that NT_SHARED_DATA names', () => {
    expect(folder).not.toBe('');
  });

  it.each([
    [24, '1.222/0.671'],
    [96, '1.294/0.713'],
    [720, '1.335/0.755'],
  ])('ETTh1, horizon %i: the loader gives the known errors of the last value', async (horizon, expected) => {
    expect(await lastValue(horizon)).toBe(expected);
  });

  it('M4 Hourly has its 414 series', async () => {
    const set = await readTable(join(folder, 'm4_hourly_dataset.tsf'));
    expect([set.ids.length, set.report.timeSteps, set.report.shortestSeries, set.report.longestSeries]).toEqual([
      414, 373_372, 748, 1008,
    ]);
  });

  it.each([
    ['nordpool_np.csv', { target: 'Price', future: ['Grid load forecast', 'Wind power forecast'] }, 52_416, 'hour'],
    ['AirPassengers.csv', {}, 144, 'month'],
    ['us_births_dataset.tsf', {}, 7305, 'day'],
    ['wti-daily.csv', {}, 10_226, 'business-day'],
    ['brent-daily.csv', {}, 9958, 'business-day'],
    ['henryhub-daily.csv', { missing: 'drop', gaps: 'rowOrder' }, 7436, 'business-day'],
    ['vix-daily.csv', { target: 'CLOSE', historic: ['OPEN', 'HIGH', 'LOW'] }, 9235, 'business-day'],
  ] as const)('%s is read as it is', async (name, options, steps, frequency) => {
    const { report } = await readTable(join(folder, name), options);
    expect([report.timeSteps, report.frequency, report.rowsRejected]).toEqual([steps, frequency, 0]);
  });
});
