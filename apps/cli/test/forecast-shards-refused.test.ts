import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Job, type Json, jobOf } from '@nt/jobs';
import { folderQueue } from '@nt/jobs/folder';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { beforeAll, describe, expect, it } from 'vitest';
import { ntVersion } from '../src/jobs/nt-version.ts';
import { modelReference } from '../src/shards/model-reference.ts';
import { sourceInShards } from '../src/shards/source-in-shards.ts';
import { ntInside } from './run-inside.ts';
import { nt, temporaryFolder } from './run-nt.ts';
import { panelRows, trainOnPanel, writePanel } from './write-panel.ts';

const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);

beforeAll(async () => {
  writePanel(at('panel.parquet'), panelRows(13, 40), 90);
  mkdirSync(at('files'));
  writePanel(at('files', 'a.parquet'), panelRows(2, 40), 90);
  await trainOnPanel(folder);
});

describe('a worker forecasts nothing but what it knows', () => {
  it('bad shards fail with their reason', async () => {
    const model = await modelReference(at('model'));
    const form = { ending: '.csv', asIntervals: true, withId: true };
    const work = {
      nt: ntVersion,
      engine: 'cpu',
      kernelSet: null,
      model,
      reading: { id: 'unique_id', target: 'y' },
      ask: {},
      form,
    };
    const span = { file: at('panel.parquet'), firstRow: 0, endRow: 40 };
    const shard = { spans: [span], sha256: '0'.repeat(64) };
    const job = (changes: object, other: object = {}): Job =>
      jobOf('forecast-shard', { work: { ...work, ...changes }, shard: { ...shard, ...other } } as unknown as Json);
    const bad: [Job, RegExp][] = [
      [job({}), /panel\.parquet: its content on this machine is not what the job was made of/],
      [job({ nt: '99.0.0' }), /it was made by nt 99\.0\.0/],
      [job({ script: 'x' }), /expected its work to have nt, engine/],
      [
        job({ model: { ...model, sha256: '0'.repeat(64) } }),
        /the model on this machine is not what the job was made of/,
      ],
      [job({ model: { ...model, folder: 'model' } }), /model: expected an absolute path/],
      [job({ model: { ...model, folder: '/nowhere' } }), /there is no model on this machine/],
      [job({ ask: { future: 'x' } }), /'future' is nothing that can be asked/],
      [job({ form: { ...form, ending: '.sh' } }), /form: expected/],
      [job({ reading: { targget: 'y' } }), /targget/],
      [job({}, { spans: [] }), /shard: expected rows of files/],
      [job({}, { spans: [{ ...span, file: 'panel.parquet' }] }), /shard: expected rows of files/],
      [job({}, { spans: [{ ...span, endRow: 0 }] }), /shard: expected rows of files/],
      [job({}, { spans: [{ ...span, file: '/dev/zero' }] }), /there is no such file/],
      [job({}, { spans: [{ ...span, file: 'http://127.0.0.1:1/a.parquet' }] }), /shard: expected rows of files/],
    ];
    const queue = folderQueue(at('bad'));
    for (const [one] of bad) await queue.submit(one, { attempts: 1 });
    expect((await nt(folder, 'worker', '--queue', 'bad', '--idle', '0.2', '--quiet')).code).toBe(0);
    for (const [one, reason] of bad)
      expect(await queue.look(one.id)).toEqual({ state: 'failed', reason: expect.stringMatching(reason) });
  });
});

describe('without being told', () => {
  it('large Parquet files go in shards where that can be, others do not', async () => {
    const columnData = [{ name: 'y', data: new Float64Array(2_000_001), type: 'DOUBLE' as const, nullable: false }];
    writeFileSync(at('large.parquet'), new Uint8Array(parquetWriteBuffer({ columnData })));
    const given = { model: at('model'), data: at('large.parquet'), output: at('x.csv'), sketch: false };
    const chosen = (more: object): Promise<unknown> => sourceInShards({ ...given, ...more }, false);
    expect(await chosen({})).toEqual({ source: at('large.parquet'), isAsked: false });
    expect(await chosen({ jobs: 2 })).toEqual({ source: at('large.parquet'), isAsked: true });
    for (const more of [
      { output: undefined },
      { output: 'x.json' },
      { plot: 'x.svg' },
      { json: true },
      { futureData: 'x' },
    ])
      expect([more, await chosen(more)]).toEqual([more, null]);
    for (const name of ['panel.parquet', 'files', 'none.parquet', 'none.csv'])
      expect(await chosen({ data: at(name) })).toBeNull();
    // No shards as it is: read at once, which is said.
    const { stderr } = await ntInside('forecast', '-m', at('model'), '-d', at('large.parquet'), '-o', at('x.csv'));
    expect(stderr).toMatch(/note: read as a whole, not in shards: /);
  });
});

describe('what cannot be done in shards', () => {
  const words = (...more: string[]): string[] => ['forecast', '-m', at('model'), '-d', at('panel.parquet'), ...more];
  it.each<[flags: string[], code: number, message: RegExp]>([
    [['--shards', '2'], 2, /--shards 2: forecasts in shards go into a file; name it with -o/],
    [
      ['--jobs', '2', '-o', 'x.arrow'],
      2,
      /--jobs 2: forecasts in shards are written as \.csv, \.tsv, \.jsonl, \.parquet/,
    ],
    [['--shards', '2', '-o', 'x.csv', '--plot', 'x.svg'], 2, /--shards 2: .*leave --plot out/],
    [['--shards', '2', '-o', 'x.csv', '--future-data', 'x.tsv'], 2, /leave --future-data out/],
    [['--queue', 'mysql://h', '-o', 'x.csv'], 2, /--queue: A queue is a folder/],
    [['--attempts', '2', '-o', 'x.csv'], 2, /--attempts 2: jobs are tried again with --queue only/],
    [['--shards', '99', '-o', 'x.csv'], 1, /at most 13, the number of series/],
    [['--shards', '2', '-o', 'x.csv', '--quantiles', '0.4'], 2, /The model gives the quantiles 0\.1, 0\.5, 0\.9/],
    [['--shards', '2', '-o', 'x.csv', '-d', '-'], 2, /shards are read from files/],
  ])('%j', async (flags, code, message) => {
    const told = flags.map((word) => (/^x\./.test(word) ? at(word) : word));
    const found = await ntInside(...words(...told));
    expect([found.code, found.stderr]).toEqual([code, expect.stringMatching(message)]);
  });

  it('a CSV file says how it becomes Parquet, an unsorted one by which series', async () => {
    writeFileSync(at('panel.csv'), 'unique_id,ds,y\na,2024-01-01,1\n');
    const csv = await ntInside(...words('-d', at('panel.csv'), '--shards', '2', '-o', at('x.csv')));
    expect([csv.code, csv.stderr]).toEqual([
      1,
      expect.stringMatching(/only Parquet files are read part by part.*ORDER BY/),
    ]);
    const { ids, times, values } = panelRows(2, 40);
    writePanel(at('mixed.parquet'), { ids: ids.map((_, row) => ids[(row % 2) * 40]!), times, values }, 1000);
    const mixed = await ntInside(...words('-d', at('mixed.parquet'), '--shards', '2', '-o', at('x.csv')));
    expect([mixed.code, mixed.stderr]).toEqual([
      1,
      expect.stringMatching(/row 3: rows of series 's0000' lie in two places/),
    ]);
    rmSync(at('mixed.parquet'));
  });
});
