import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { writeArrow } from '@nt/data/arrow';
import { readTable } from '@nt/data/node';
import { makeOhlcv } from './make-ohlcv.ts';
import { describeMachine, type Measurement, measure, renderTable } from './measure.ts';

const rows = Number(process.env['NT_BENCH_ROWS'] ?? 1_000_000);
const runs = Number(process.env['NT_BENCH_RUNS'] ?? 3);
const folder = mkdtempSync(join(tmpdir(), 'nt-data-bench-'));
const file = (name: string) => join(folder, name);
const print = (text: string) => process.stdout.write(`${text}\n\n`);

async function prepare(): Promise<void> {
  makeOhlcv(file('ohlcv.csv'), rows, 100);
  const connection = await (await DuckDBInstance.create()).connect();
  const source = `(SELECT * FROM read_csv('${file('ohlcv.csv')}'))`;
  await connection.run(`COPY ${source} TO '${file('zstd.parquet')}' (FORMAT parquet, COMPRESSION zstd)`);
  await connection.run(`COPY ${source} TO '${file('snappy.parquet')}' (FORMAT parquet, COMPRESSION snappy)`);
  await connection.run(
    `COPY (SELECT * FROM ${source} ORDER BY symbol, timestamp) TO '${file('sorted.parquet')}' (FORMAT parquet, ROW_GROUP_SIZE 20480)`,
  );
  connection.closeSync();
  const set = await readTable(file('ohlcv.csv'), {
    id: 'symbol',
    target: 'close',
    historic: ['open', 'high', 'low', 'volume'],
  });
  writeFileSync(file('ohlcv.arrow'), writeArrow(set));
}

function versions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const names = ['apache-arrow', 'hyparquet', '@duckdb/node-api', 'csv-parse', 'papaparse', 'parquet-wasm'];
  const version = (name: string) => {
    let path = require.resolve(name);
    for (;;) {
      path = join(path, '..');
      try {
        const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as {
          name?: string;
          version?: string;
        };
        if (manifest.name === name && manifest.version) return manifest.version;
      } catch {
        // This folder is not the root of the package.
      }
    }
  };
  return Object.fromEntries(names.map((name) => [name, version(name)]));
}

function rowOf(label: string, path: string, result: Measurement): string[] {
  const size = path === '' ? '' : `${(statSync(path).size / 1e6).toFixed(0)} MB`;
  return [label, size, result.wallMs.toFixed(0), result.processorMs.toFixed(0), result.peakMb.toFixed(0), result.note];
}

try {
  await prepare();
  print(`${rows} rows of bars, quickest of ${runs} processes. ${describeMachine(versions())}`);
  const reads: readonly (readonly [string, string, string])[] = [
    ['CSV, @nt/data', '@nt/data', 'ohlcv.csv'],
    ['CSV, DuckDB, explicit schema', 'DuckDB alone', 'ohlcv.csv'],
    ['CSV, csv-parse', 'csv-parse', 'ohlcv.csv'],
    ['CSV, papaparse', 'papaparse', 'ohlcv.csv'],
    ['Parquet snappy, @nt/data (hyparquet)', '@nt/data', 'snappy.parquet'],
    ['Parquet zstd, @nt/data (hyparquet)', '@nt/data', 'zstd.parquet'],
    ['Parquet zstd, hyparquet alone', 'hyparquet columns', 'zstd.parquet'],
    ['Parquet zstd, parquet-wasm into @nt/data', 'parquet-wasm', 'zstd.parquet'],
    ['Parquet zstd, @nt/data through DuckDB', '@nt/data through DuckDB', 'zstd.parquet'],
    ['Parquet zstd, DuckDB', 'DuckDB alone', 'zstd.parquet'],
    ['Arrow IPC, @nt/data', '@nt/data Arrow', 'ohlcv.arrow'],
  ];
  const table = reads.map(([label, name, source]) => rowOf(label, file(source), measure(name, runs, file(source))));
  print(renderTable(['reading', 'file', 'wall ms', 'processor ms', 'peak MB', 'result'], table));
  const assembly = [
    ['batches, float32, 4 MB of data', 'batches', 'float32', '100', '10000'],
    ['batches, float32, 200 MB of data', 'batches', 'float32', '5000', '10000'],
    ['batches, float64, 4 MB of data', 'batches', 'float64', '50', '10000'],
    ['10⁵ series × 1,000 steps', 'wide panel'],
  ] as const;
  print(
    renderTable(
      ['windows', 'result'],
      assembly.map(([label, name, ...parameters]) => [label, measure(name, runs, ...parameters).note]),
    ),
  );
  const shards = ['prefetch', 'none'].map((ahead) =>
    rowOf(
      `shards, ${ahead === 'none' ? 'no prefetch' : 'prefetch'}`,
      file('sorted.parquet'),
      measure('shards', runs, file('sorted.parquet'), ahead),
    ),
  );
  print(renderTable(['out of core', 'file', 'wall ms', 'processor ms', 'peak MB', 'result'], shards));
} finally {
  rmSync(folder, { recursive: true });
}
