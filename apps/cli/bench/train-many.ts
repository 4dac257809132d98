// `nt train` of one network over many series, all in memory: windows a second, and the peak of its memory beside the data.
// Usage: pnpm -F @nt/cli bench:many [--series=10000,100000] [--steps=1000] [--updates=200]
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleNt } from '../tools/bundle-nt.ts';
import { runNt } from './forecast-shards/run-nt.ts';
import { writeManySeries } from './forecast-shards/write-many-series.ts';

const { values } = parseArgs({
  options: {
    series: { type: 'string', default: '10000,100000' },
    steps: { type: 'string', default: '1000' },
    updates: { type: 'string', default: '200' },
  },
});
const batch = 1024;
const folder = mkdtempSync(join(tmpdir(), 'nt-many-'));
const at = (name: string): string => join(folder, name);
const shape = [
  '--horizon',
  '24',
  '--input-size',
  '96',
  '--hidden-size',
  '256',
  '--batch-size',
  String(batch),
  '--patience',
  '0',
];

/** Seconds and peak of a training of so many updates. */
function train(data: string, updates: number): { readonly seconds: number; readonly megabytes: number } {
  const words = [
    'train',
    '-d',
    data,
    '--target',
    'y',
    '--id',
    'unique_id',
    '--model',
    'nhits',
    ...shape,
    '--val-split',
    '0',
    '--test-split',
    '0',
  ];
  const told = ['--max-updates', String(updates), '-o', at('model'), '--overwrite'];
  const { seconds, processes } = runNt(folder, [...words, ...told], '--max-old-space-size=8192');
  return { seconds, megabytes: processes[0]!.megabytes };
}

try {
  await bundleNt(at('nt'));
  console.log(`96 → 24, width 256, batches of ${batch}, ${cpus().length} × ${cpus()[0]?.model.trim()}`);
  console.log('\n| series × steps | load | file, MB | values, MB | begin to first update, s | windows/s | peak, MB |');
  console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const count of values.series.split(',').map(Number)) {
    const data = at(`many-${count}.parquet`);
    const steps = Number(values.steps);
    await writeManySeries(data, count, steps);
    const load = loadavg()[0]!;
    const [few, many] = [train(data, 10), train(data, 10 + Number(values.updates))];
    const speed = (batch * Number(values.updates)) / (many.seconds - few.seconds);
    const sizes = [statSync(data).size / 1e6, (8 * count * steps) / 1e6].map((size) => Math.round(size));
    console.log(
      `| ${count.toLocaleString('en')} × ${steps} | ${load.toFixed(1)} | ${sizes.join(' | ')} | ${few.seconds.toFixed(0)} | ${Math.round(speed).toLocaleString('en')} | ${Math.round(many.megabytes)} |`,
    );
    rmSync(data);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
