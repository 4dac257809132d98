import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll } from 'vitest';

/** How the panel is read. */
export const panelOptions = { id: 'id', target: 'y', historic: ['x', 'w'], future: ['n'], missing: 'mask' } as const;

/** Series of differing length, with covariates and empty targets; the last bits of the values are random. */
export function panelCsv(): string {
  const lines = ['id,ds,y,x,n,w'];
  let state = 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  for (let series = 0; series < 13; series++) {
    for (let step = 0; step < 40 + series; step++) {
      const time = new Date(Date.UTC(2020, 0, 1, step)).toISOString().slice(0, 19);
      lines.push(
        `S${String(series).padStart(2, '0')},${time},${next() < 0.03 ? '' : next()},${next() * 1e6},${step},${next() < 0.5 ? 'sun' : 'rain'}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

/** A new folder that holds the panel as `p.csv`; it is removed after the tests of the file. */
export function panelFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nt-data-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'p.csv'), panelCsv());
  return folder;
}

/** Writes the panel beside `p.csv` as one Parquet file per codec, `zstd.parquet` and so on. */
export async function writeParquet(folder: string, codecs: readonly string[]): Promise<void> {
  for (const codec of codecs) {
    await copyPanel(folder, {
      query: 'SELECT id, ds, y, x, n, w FROM panel ORDER BY id, ds',
      to: `${codec}.parquet`,
      form: `FORMAT parquet, COMPRESSION ${codec}, ROW_GROUP_SIZE 2048`,
    });
  }
}

/** Writes the panel without empty targets as `shard-0.parquet` and `shard-1.parquet`. */
export async function writeShards(folder: string): Promise<void> {
  for (const [shard, where] of [
    ['0', "id < 'S06'"],
    ['1', "id >= 'S06'"],
  ]) {
    await copyPanel(folder, {
      query: `SELECT id, ds, coalesce(y, 0) AS y, x, n FROM panel WHERE ${where} ORDER BY id, ds`,
      to: `shard-${shard}.parquet`,
      form: 'FORMAT parquet, ROW_GROUP_SIZE 2048',
    });
  }
}

/** Writes the rows of `query`, in which `panel` is the table of `p.csv`, to a Parquet file. */
export async function copyPanel(
  folder: string,
  { query, to, form = 'FORMAT parquet' }: { readonly query: string; readonly to: string; readonly form?: string },
): Promise<void> {
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`CREATE VIEW panel AS SELECT * FROM read_csv('${join(folder, 'p.csv')}')`);
  await connection.run(`COPY (${query}) TO '${join(folder, to)}' (${form})`);
  connection.closeSync();
}
