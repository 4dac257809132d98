import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { batches, fitScaler, splitByTime, windows } from '../src/index.ts';
import { openShardFiles, readTable } from '../src/node/index.ts';
import { shardBatches } from '../src/parquet/index.ts';
import { errorOf } from './support/bytes.ts';
import { copyPanel, panelFolder, writeShards } from './support/panel-files.ts';

const folder = panelFolder();
beforeAll(() => writeShards(folder));

describe('shards on disk', () => {
  const roles = { id: 'id', target: 'y', historic: ['x'], future: ['n'] } as const;
  const sizes = { inputSize: 8, horizon: 3, stride: 2 };
  const blocks = { blockSeries: 4, poolBlocks: 2 };

  it.each([
    ['shuffled', { shuffle: true, seed: 5 }],
    ['in order', { shuffle: false }],
    ['without prefetch', { shuffle: true, seed: 5, prefetch: false }],
    ['full batches only', { shuffle: true, seed: 6, dropLast: true }],
    ['with targets that end with their range', { shuffle: true, seed: 5, partialTargets: true }],
  ])('give the batches of memory: %s', async (_, order) => {
    const sharded = await openShardFiles(join(folder, 'shard-*.parquet'), roles);
    const memory = await readTable(join(folder, 'shard-*.parquet'), roles);
    expect([sharded.outline.ids, sharded.outline.lengths, sharded.outline.starts]).toEqual([
      memory.ids,
      memory.lengths,
      memory.starts,
    ]);
    const ranges = splitByTime(sharded.outline, { test: 8 }).train;
    const scaled = fitScaler(memory, { kind: 'standard', ranges }).transform(memory);
    const { partialTargets, ...diskOrder } = order as {
      prefetch?: boolean;
      shuffle: boolean;
      partialTargets?: boolean;
    };
    const { prefetch: _prefetch, ...memoryOrder } = diskOrder;
    const shape = { ...sizes, ranges, ...(partialTargets === undefined ? {} : { partialTargets }) };
    const inMemory = batches(windows(scaled, shape), {
      batchSize: 16,
      ...memoryOrder,
      shuffle: order.shuffle ? blocks : false,
    });
    const onDisk = shardBatches(sharded, windows(sharded.outline, shape), {
      batchSize: 16,
      blocks,
      scaler: { kind: 'standard', ranges },
      ...diskOrder,
    });
    for (let epoch = 0; epoch < 2; epoch++) {
      const read = [];
      for await (const batch of onDisk) read.push(batch);
      expect(read).toEqual([...inMemory]);
    }
  });

  it('resume in mid-epoch', async () => {
    const sharded = await openShardFiles(join(folder, 'shard-*.parquet'), roles);
    const source = () => shardBatches(sharded, windows(sharded.outline, sizes), { batchSize: 10, blocks, seed: 1 });
    const whole = [];
    for await (const batch of source()) whole.push(batch);
    const cut = source();
    for await (const _ of cut) if (cut.position === 3) break;
    const resumed = source();
    resumed.restore(cut.state());
    const rest = [];
    for await (const batch of resumed) rest.push(batch);
    expect(rest).toEqual(whole.slice(3));
  });

  it('refuse what memory would have to do', async () => {
    const sharded = await openShardFiles(join(folder, 'shard-*.parquet'), roles);
    const outline = windows(sharded.outline, sizes);
    expect((await errorOf(() => batches(outline, { batchSize: 1 }))).message).toMatch(
      /in shards on disk; use shardBatches/,
    );
    expect(
      (
        await errorOf(() =>
          fitScaler(sharded.outline, { kind: 'standard', ranges: splitByTime(sharded.outline).train }),
        )
      ).message,
    ).toMatch(/shards on disk/);
    expect((await errorOf(() => openShardFiles(join(folder, 'none-*.parquet')))).code).toBe('data/missing-file');
    await copyPanel(folder, { query: 'SELECT id, ds, y FROM panel ORDER BY ds, id', to: 'mixed.parquet' });
    expect(
      (await errorOf(() => openShardFiles(join(folder, 'mixed.parquet'), { id: 'id', target: 'y' }))).message,
    ).toMatch(/must be sorted by id and time/);
  });
});
