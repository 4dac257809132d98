import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { writeArrow } from '@nt/data/arrow';
import { readTable } from '@nt/data/node';
import { makeOhlcv } from './make-ohlcv.ts';
import { type Command, caseOf, describeMachine, type Measurement, measureAll, renderTable } from './measure.ts';

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

function formatOf(source: string): string {
  if (source.endsWith('.csv')) return 'CSV';
  return source.endsWith('.arrow') ? 'Arrow IPC' : `Parquet ${source.split('.')[0]}`;
}

/** polars, where the Python that PYTHON names has it. */
function polarsReads(): (readonly [string, string, Command])[] {
  const python = process.env['PYTHON'] ?? 'python3';
  try {
    execFileSync(python, ['-c', 'import polars, numpy'], { stdio: 'ignore' });
  } catch {
    print('polars is left out: set PYTHON to an interpreter that has polars and numpy.');
    return [];
  }
  const script = fileURLToPath(new URL('./polars-case.py', import.meta.url));
  return ['ohlcv.csv', 'snappy.parquet', 'zstd.parquet'].map((source) => [
    `${formatOf(source)}, polars`,
    source,
    [python, script, file(source)],
  ]);
}

function rowOf(label: string, path: string, result: Measurement): string[] {
  const size = path === '' ? '' : `${(statSync(path).size / 1e6).toFixed(0)} MB`;
  return [label, size, result.wallMs.toFixed(0), result.processorMs.toFixed(0), result.peakMb.toFixed(0), result.note];
}

try {
  await prepare();
  print(`${rows} rows of bars, quickest of ${runs} processes. ${describeMachine(versions())}`);
  const reads: readonly (readonly [label: string, source: string, command: Command])[] = [
    ...['ohlcv.csv', 'snappy.parquet', 'zstd.parquet', 'ohlcv.arrow'].map(
      (source) =>
        [
          `${formatOf(source)}, @nt/data`,
          source,
          caseOf(source.endsWith('.arrow') ? '@nt/data Arrow' : '@nt/data', file(source)),
        ] as const,
    ),
    ['CSV, DuckDB, explicit schema', 'ohlcv.csv', caseOf('DuckDB alone', file('ohlcv.csv'))],
    ['CSV, csv-parse', 'ohlcv.csv', caseOf('csv-parse', file('ohlcv.csv'))],
    ['CSV, papaparse', 'ohlcv.csv', caseOf('papaparse', file('ohlcv.csv'))],
    ['Parquet zstd, hyparquet alone', 'zstd.parquet', caseOf('hyparquet columns', file('zstd.parquet'))],
    ['Parquet zstd, parquet-wasm into @nt/data', 'zstd.parquet', caseOf('parquet-wasm', file('zstd.parquet'))],
    ['Parquet zstd, @nt/data through DuckDB', 'zstd.parquet', caseOf('@nt/data through DuckDB', file('zstd.parquet'))],
    ['Parquet zstd, DuckDB', 'zstd.parquet', caseOf('DuckDB alone', file('zstd.parquet'))],
    ...polarsReads(),
  ];
  const measured = measureAll(
    reads.map(([, , command]) => command),
    runs,
  );
  const table = reads.map(([label, source], index) => rowOf(label, file(source), measured[index]!));
  print(renderTable(['reading', 'file', 'wall ms', 'processor ms', 'peak MB', 'result'], table));
  const assembly = [
    ['batches, float32, 4 MB of data', 'batches', 'float32', '100', '10000'],
    ['batches, float32, 200 MB of data', 'batches', 'float32', '5000', '10000'],
    ['batches, float64, 4 MB of data', 'batches', 'float64', '50', '10000'],
    ['10⁵ series × 1,000 steps', 'wide panel'],
  ] as const;
  const assembled = measureAll(
    assembly.map(([, name, ...parameters]) => caseOf(name, ...parameters)),
    runs,
  );
  print(
    renderTable(
      ['windows', 'result'],
      assembly.map(([label], index) => [label, assembled[index]!.note]),
    ),
  );
  const shards = ['prefetch', 'none'];
  const fromDisk = measureAll(
    shards.map((ahead) => caseOf('shards', file('sorted.parquet'), ahead)),
    runs,
  );
  const shardRows = shards.map((ahead, index) =>
    rowOf(`shards, ${ahead === 'none' ? 'no prefetch' : 'prefetch'}`, file('sorted.parquet'), fromDisk[index]!),
  );
  print(renderTable(['out of core', 'file', 'wall ms', 'processor ms', 'peak MB', 'result'], shardRows));
  const updates = ['waits 0', 'waits 2', 'waits 10', 'computes 2', 'computes 10'];
  const loops = updates.flatMap((update) =>
    ['here', 'worker'].map((where) => caseOf('updates', ...update.split(' '), where)),
  );
  const looped = measureAll(loops, runs);
  print(
    renderTable(
      ['update', 'gathered on this thread', 'gathered by a worker'],
      updates.map((update, index) => [`${update} ms`, looped[2 * index]!.note, looped[2 * index + 1]!.note]),
    ),
  );
} finally {
  rmSync(folder, { recursive: true });
}
