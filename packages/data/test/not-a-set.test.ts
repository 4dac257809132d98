import { describe, expect, it } from 'vitest';
import { toArrowTable } from '../src/arrow/index.ts';
import {
  addCalendar,
  addStatic,
  batches,
  continueSeries,
  fitScaler,
  forecastWindows,
  readRows,
  splitByTime,
  walkForward,
  windows,
} from '../src/index.ts';
import { openShardFiles, readTable } from '../src/node/index.ts';
import { openShards } from '../src/parquet/index.ts';
import { prefetchBatches } from '../src/prefetch/index.ts';
import { errorOf } from './support/bytes.ts';

const size = { inputSize: 2, horizon: 1 };
const takesSet: Readonly<Record<string, (set: never) => unknown>> = {
  splitByTime: (set) => splitByTime(set, { test: 0.1 }),
  walkForward: (set) => walkForward(set, { folds: 1, testSize: 1 }),
  windows: (set) => windows(set, size),
  forecastWindows: (set) => forecastWindows(set, size),
  fitScaler: (set) => fitScaler(set, { kind: 'standard' } as never),
  addCalendar: (set) => addCalendar(set, {} as never),
  addStatic: (set) => addStatic(set, [], { id: 'id' }),
  continueSeries: (set) => continueSeries(set, []),
  toArrowTable: (set) => toArrowTable(set),
};
const takesWindows: Readonly<Record<string, (made: never) => unknown>> = {
  batches: (made) => batches(made, { batchSize: 1 }),
  prefetchBatches: (made) => prefetchBatches(made, { batchSize: 1 }),
};
const none = [undefined, null, 5, 'data.csv', [], {}, { ids: ['a'] }];

describe('what is no set is refused by its name', () => {
  it.each(Object.entries(takesSet))('%s', async (owner, call) => {
    for (const wrong of none) {
      const error = await errorOf(() => call(wrong as never));
      expect([error.code, error.message.startsWith(`${owner}: set must be a set of series`)]).toEqual([
        'data/bad-option',
        true,
      ]);
    }
    // The usual mistake: a reading that nobody waited for.
    const error = await errorOf(() => call(readRows([1, 2].map((y) => ({ ds: `2024-01-0${y}`, y }))) as never));
    expect(error.message).toBe(
      `${owner}: set must be a set of series: await the promise of it, found [object Promise].`,
    );
  });

  it.each(Object.entries(takesWindows))('%s', async (owner, call) => {
    for (const wrong of [...none, Promise.resolve()]) {
      const error = await errorOf(() => call(wrong as never));
      expect(error.message).toMatch(new RegExp(`^${owner}: windows must be what windows\\(set, …\\) gives`));
    }
  });

  it.each<[string, (path: never) => unknown]>([
    ['readTable: path', (path) => readTable(path)],
    ['openShardFiles: path', (path) => openShardFiles(path)],
    ['openShards: shards', (shards) => openShards(shards)],
  ])('%s', async (named, call) => {
    for (const wrong of [undefined, null, 5, {}]) {
      const error = await errorOf(() => call(wrong as never));
      expect([error.code, error.message.startsWith(`${named} must be`)]).toEqual(['data/bad-option', true]);
    }
  });
});
