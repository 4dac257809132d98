// `nt forecast` of many series in shards over processes of its own: series a second, whether a series costs the same when
// there are a hundred times as many, and the peak memory of each process. Panels and model are made first, in a temporary
// folder. The command is the bundle that is published.
// Usage: pnpm -F @nt/cli bench:shards [--series=1000,10000,100000] [--steps=200] [--jobs=4] [--rounds=1]
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleNt } from '../tools/bundle-nt.ts';
import { runNt } from './forecast-shards/run-nt.ts';
import { writeManySeries } from './forecast-shards/write-many-series.ts';

const { values } = parseArgs({
  options: {
    series: { type: 'string', default: '1000,10000,100000' },
    steps: { type: 'string', default: '200' },
    jobs: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '1' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'nt-shards-'));
const at = (name: string): string => join(folder, name);

try {
  await bundleNt(at('nt'));
  await writeManySeries(at('train.parquet'), 100, 600);
  const shape = [
    '--horizon',
    '24',
    '--input-size',
    '96',
    '--hidden-size',
    '64',
    '--max-updates',
    '20',
    '--patience',
    '0',
  ];
  runNt(folder, [
    'train',
    '-d',
    at('train.parquet'),
    '--target',
    'y',
    '--id',
    'unique_id',
    '--model',
    'nhits',
    ...shape,
    '-o',
    at('model'),
  ]);
  console.log(
    `${values.steps} steps a series, 96 → 24, ${values.jobs} processes, ${cpus().length} × ${cpus()[0]?.model.trim()}`,
  );
  console.log('The first row is what starting all processes costs, which is taken off from what a series costs.');
  console.log(
    '\n| series | shards | load | seconds | series/s | processor s | ms a series | peak of a worker, MB | peak of the command, MB |',
  );
  console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  const jobs = Number(values.jobs);
  let starting = 0;
  for (const count of [jobs, ...values.series.split(',').map(Number)]) {
    const panel = at(`panel-${count}.parquet`);
    await writeManySeries(panel, count, Number(values.steps));
    for (let round = 0; round < Number(values.rounds); round++) {
      const load = loadavg()[0]!;
      // Few series are divided as well, so that there are always as many processes.
      const shards = Math.max(jobs, Math.ceil(count / 2048));
      const words = ['forecast', '-m', at('model'), '-d', panel, '-o', at('ahead.csv')];
      const { seconds, processes } = runNt(folder, [...words, '--jobs', values.jobs, '--shards', String(shards)]);
      const processorSeconds = processes.reduce((sum, one) => sum + one.seconds, 0);
      if (count === jobs) starting = processorSeconds;
      const peak = (isWorker: boolean): number =>
        Math.round(
          Math.max(0, ...processes.filter((one) => one.isWorker === isWorker).map(({ megabytes }) => megabytes)),
        );
      const speed = [seconds.toFixed(1), Math.round(count / seconds).toLocaleString('en'), processorSeconds.toFixed(1)];
      const each = count === jobs ? '' : ((1000 * (processorSeconds - starting)) / count).toFixed(3);
      const cells = [count.toLocaleString('en'), shards, load.toFixed(1), ...speed, each, peak(true), peak(false)];
      console.log(`| ${cells.join(' | ')} |`);
    }
    rmSync(panel);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
