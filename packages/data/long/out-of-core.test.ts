import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** Forty shards of 250 series × 10,000 hours × (time and four columns) are 4 GB; NT_SHARDS sets another number. */
const shards = Number(process.env['NT_SHARDS'] ?? 40);
const [seriesOfShard, steps] = [250, 10_000];
const stride = 200;
const folder = mkdtempSync(join(tmpdir(), 'nt-data-shards-'));

beforeAll(async () => {
  const connection = await (await DuckDBInstance.create(':memory:', { memory_limit: '500MB', threads: '1' })).connect();
  for (let shard = 0; shard < shards; shard++) {
    const first = shard * seriesOfShard;
    await connection.run(
      `COPY (SELECT format('S{:06d}', ${first} + i // ${steps}) AS id, TIMESTAMP '2020-01-01' + to_hours(i % ${steps}) AS ds,
        random() AS y, random() AS a, random() AS b, random() AS c FROM range(${seriesOfShard * steps}) r(i))
       TO '${join(folder, `shard-${String(shard).padStart(3, '0')}.parquet`)}' (FORMAT parquet, ROW_GROUP_SIZE 40960)`,
    );
  }
  connection.closeSync();
}, 900_000);
afterAll(() => rmSync(folder, { recursive: true }));

it('an epoch over 4 GB on disk stays under 256 MB of memory', { timeout: 1_800_000 }, () => {
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  const script = join(import.meta.dirname, 'out-of-core-epoch.ts');
  const parameters = [
    '--import',
    'tsx',
    '--conditions=@nt/source',
    script,
    join(folder, 'shard-*.parquet'),
    String(stride),
  ];
  const start = performance.now();
  const epoch = JSON.parse(execFileSync(process.execPath, parameters, { encoding: 'utf8' })) as Record<string, unknown>;
  const seconds = (performance.now() - start) / 1000;
  const rows = shards * seriesOfShard * steps;
  process.stdout.write(
    `${(bytes / 1e9).toFixed(2)} GB on disk, ${(rows * 40) / 1e9} GB as float64, ${seconds.toFixed(0)} s, ${JSON.stringify(epoch)}\n`,
  );
  const windowsOfSeries = Math.floor((steps - 24 - 168) / stride) + 1;
  expect(epoch).toMatchObject({
    series: shards * seriesOfShard,
    once: true,
    windows: shards * seriesOfShard * windowsOfSeries,
  });
  expect(epoch['peakMb']).toBeLessThan(256);
});
