import { createReadStream, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { batches, type SeriesSet, seriesFromArrays, windows } from '@nt/data';
import { readArrow } from '@nt/data/arrow';
import { openShardFiles, readTable } from '@nt/data/node';
import { shardBatches } from '@nt/data/parquet';
import { prefetchBatches, shareSeries } from '@nt/data/prefetch';
// Loaded before the clock starts, as the modules of the other readers are.
import 'zstddec';

const [name, ...parameters] = process.argv.slice(2) as [string, ...string[]];
const roles = { id: 'symbol', target: 'close', historic: ['open', 'high', 'low', 'volume'] } as const;
const columns = ['open', 'high', 'low', 'close', 'volume'] as const;

/** Each case returns a note: a count that shows that the work was done. */
const cases: Readonly<Record<string, () => Promise<string>>> = {
  nothing: async () => '',
  '@nt/data': async () => steps(await readTable(parameters[0]!, roles)),
  '@nt/data Arrow': async () =>
    steps(await readArrow(await readFile(parameters[0]!), { historic: roles.historic, target: 'close' })),
  '@nt/data through DuckDB': async () => {
    const { readSql } = await import('@nt/data/duckdb');
    return steps(await readSql(`SELECT * FROM '${parameters[0]}'`, roles));
  },
  'DuckDB alone': duckdbAlone,
  'csv-parse': csvParse,
  papaparse: papaparse,
  'hyparquet columns': hyparquetColumns,
  'parquet-wasm': parquetWasm,
  batches: batchAssembly,
  'wide panel': widePanel,
  shards: shardEpoch,
  updates: updateLoop,
};

function steps(set: SeriesSet): string {
  return `${set.report.timeSteps} steps of ${set.ids.length} series`;
}

/** The recipe of DuckDB for the same columns: load, group, sort, float64 columns. */
async function duckdbAlone(): Promise<string> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create()).connect();
  const source = parameters[0]!.endsWith('.csv')
    ? `read_csv('${parameters[0]}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {symbol: 'VARCHAR', timestamp: 'TIMESTAMP', open: 'DOUBLE', high: 'DOUBLE', low: 'DOUBLE', close: 'DOUBLE', volume: 'DOUBLE'})`
    : `'${parameters[0]}'`;
  await connection.run(`CREATE TEMP TABLE t AS SELECT * FROM ${source}`);
  const groups = await connection.runAndReadAll('SELECT symbol, count(*) FROM t GROUP BY 1 ORDER BY 1');
  const result = await connection.stream(
    `SELECT epoch_ms(timestamp)::DOUBLE, ${columns.map((column) => `coalesce(${column}::DOUBLE, 'nan'::DOUBLE)`).join()} FROM t ORDER BY symbol, timestamp`,
  );
  const sinks = Array.from({ length: 6 }, () => new Float64Array(1_000_000));
  let row = 0;
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const [index, sink] of sinks.entries())
      sink.set(
        (chunk.getColumnVector(index) as unknown as { items: Float64Array }).items.subarray(0, chunk.rowCount),
        row,
      );
    row += chunk.rowCount;
  }
  return `${row} steps of ${groups.currentRowCount} series`;
}

async function csvParse(): Promise<string> {
  const { parse } = await import('csv-parse');
  const sinks = columns.map(() => [] as number[]);
  for await (const record of createReadStream(parameters[0]!).pipe(parse({ columns: true })) as AsyncIterable<
    Record<string, string>
  >) {
    for (const [index, column] of columns.entries()) sinks[index]!.push(Number(record[column]));
  }
  return `${sinks[0]!.length} rows, not grouped`;
}

async function papaparse(): Promise<string> {
  const { default: Papa } = await import('papaparse');
  const { data } = Papa.parse(readFileSync(parameters[0]!, 'utf8'), { header: true, skipEmptyLines: true }) as {
    data: Record<string, string>[];
  };
  const sinks = columns.map((column) => Float64Array.from(data, (record) => Number(record[column])));
  return `${sinks[0]!.length} rows, not grouped`;
}

async function hyparquetColumns(): Promise<string> {
  const { asyncBufferFromFile, parquetRead } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  let cells = 0;
  await parquetRead({
    file: await asyncBufferFromFile(parameters[0]!),
    compressors,
    onChunk: (chunk) => {
      cells += chunk.columnData.length;
    },
  });
  return `${cells} cells, not converted`;
}

async function parquetWasm(): Promise<string> {
  const wasm = await import('parquet-wasm');
  const { tableFromIPC } = await import('apache-arrow');
  const table = tableFromIPC(
    wasm.readParquet(new Uint8Array(readFileSync(parameters[0]!)), { batchSize: 131_072 }).intoIPCStream(),
  );
  const { readArrowTable } = await import('@nt/data/arrow');
  return steps(await readArrowTable(table as never, roles));
}

/** Batches of 1,024 × (168 + 24) from memory; the note is bytes of batches over processor time. */
async function batchAssembly(): Promise<string> {
  const [precision, series, length] = [parameters[0], Number(parameters[1]), Number(parameters[2])];
  const values = precision === 'float32' ? new Float32Array(length).fill(1) : new Float64Array(length).fill(1);
  const set = seriesFromArrays(Array.from({ length: series }, (_, index) => ({ id: `s${index}`, values })));
  const typed = precision === 'float32' ? { ...set, values: Float32Array.from(set.values) } : set;
  const source = batches(windows(typed, { inputSize: 168, horizon: 24 }), {
    batchSize: 1024,
    shuffle: true,
    seed: 1,
    buffers: 2,
  });
  for (let warm = 0; warm < 50; warm++) for (const _ of source) if (source.position > 20) break;
  source.reset();
  const start = process.cpuUsage();
  let bytes = 0;
  for (const batch of source) {
    bytes +=
      batch.input.byteLength + batch.target.byteLength + batch.inputMask.byteLength + batch.targetMask.byteLength;
    if (source.position >= 1500) break;
  }
  const used = process.cpuUsage(start);
  return `${(bytes / 1e9 / ((used.user + used.system) / 1e6)).toFixed(2)} GB/s`;
}

/** 10⁵ series × 1,000 steps of float32 through windows; the note is the peak over a bare process, relative to the data. */
async function widePanel(): Promise<string> {
  const [series, length] = [100_000, 1000];
  const bare = process.memoryUsage().rss;
  const offsets = Float64Array.from({ length: series + 1 }, (_, index) => index * length);
  const set = {
    ...seriesFromArrays([{ id: 'a', values: [1, 2] }]),
    ids: Array.from({ length: series }, (_, index) => `s${index}`),
    offsets,
    lengths: new Float64Array(series).fill(length),
    starts: new Float64Array(series),
    contextOffsets: offsets.slice(0, series),
    values: new Float32Array(series * length).fill(1),
  };
  const source = batches(windows(set, { inputSize: 168, horizon: 24 }), {
    batchSize: 1024,
    shuffle: true,
    seed: 1,
    buffers: 2,
  });
  let peak = 0;
  for (const batch of source) {
    if (batch.size === 0 || source.position >= 2000) break;
    if (source.position % 50 === 0) peak = Math.max(peak, process.memoryUsage().rss);
  }
  return `${((peak - bare) / set.values.byteLength).toFixed(2)} × the data`;
}

/** One epoch over sorted shards, with or without loading ahead, each batch used for some milliseconds. */
async function shardEpoch(): Promise<string> {
  const sharded = await openShardFiles(parameters[0]!, { id: 'symbol', target: 'close' });
  const all = windows(sharded.outline, { inputSize: 168, horizon: 24, stride: 8 });
  const source = shardBatches(sharded, all, {
    batchSize: 512,
    blocks: { blockSeries: 4, poolBlocks: 2 },
    seed: 1,
    prefetch: parameters[1] === 'prefetch',
  });
  let count = 0;
  for await (const batch of source) {
    count += batch.size;
    // An update on another device: time passes and this thread is free.
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return `${count} windows`;
}

/** Batches from 200 MB, each used for some milliseconds here (`computes`) or elsewhere (`waits`); time per update. */
async function updateLoop(): Promise<string> {
  const [kind, ms, where] = [parameters[0], Number(parameters[1]), parameters[2]];
  const values = new Float64Array(10_000).fill(1);
  const set = seriesFromArrays(Array.from({ length: 5000 }, (_, index) => ({ id: `s${index}`, values })));
  const all = windows({ ...set, values: Float32Array.from(set.values) }, { inputSize: 168, horizon: 24 });
  const options = { batchSize: 1024, shuffle: true, seed: 1 };
  const source =
    where === 'worker'
      ? prefetchBatches({ ...all, set: shareSeries(all.set) }, options)
      : batches(all, { ...options, buffers: 2 });
  const updates = ms > 5 ? 150 : 400;
  let start = 0;
  for await (const batch of source) {
    if (source.position === 50) start = performance.now();
    if (source.position === 50 + updates) break;
    if (batch.input[0] !== 1) throw new Error('a wrong batch');
    if (kind === 'computes') compute(ms);
    else if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  }
  return `${((performance.now() - start) / updates).toFixed(2)} ms`;
}

/** A fixed amount of work, about so many milliseconds of a free core. */
function compute(ms: number): number {
  let value = 1;
  for (let k = 0; k < ms * 700_000; k++) value = value * 0.999_999 + 1e-6;
  return value;
}

const run = cases[name];
if (!run) throw new Error(`there is no case '${name}'`);
const before = process.cpuUsage();
const start = performance.now();
const note = await run();
const wallMs = performance.now() - start;
const used = process.cpuUsage(before);
process.stdout.write(
  `\n${JSON.stringify({ name, note, wallMs, processorMs: (used.user + used.system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 })}\n`,
);
process.exit(0);
