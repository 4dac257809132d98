// How long the published command takes to start: help, a forecast of a saved model, a short training and its forecast;
// with the processor time of all threads, which a busy machine changes less, and peak memory. PYTHON names an interpreter
// with neuralforecast, NT_SHARED_DATA the folder with AirPassengers.csv and ETTh1.csv; without them their rows are missing.
// Usage: pnpm -F @nt/cli bench:start [--rounds=5]
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleNt } from '../tools/bundle-nt.ts';
import { runNode, runPython, type Usage } from './start/run-once.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
const { PYTHON: python, NT_SHARED_DATA: shared = '' } = process.env;
const folder = mkdtempSync(path.join(tmpdir(), 'nt-start-'));
const command = path.join(folder, 'nt');

try {
  await bundleNt(command);
  cpSync(path.join(import.meta.dirname, '../examples/us-births.csv'), path.join(folder, 'births.csv'));
  console.log(
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0]!.toFixed(1)}`,
  );
  console.log(`the command on disk, with the kernels of this platform: ${(sizeOf(command) / 1e6).toFixed(1)} MB\n`);
  nt('train', '-d', 'births.csv', '--target', 'births', '--max-updates', '20', '-o', 'model', '--quiet', '--json');
  const cases: [string, () => Usage][] = [
    ['node, nothing else', () => runNode(folder, ['-e', '0'])],
    ['nt --help', () => nt('--help')],
    ['nt train --help', () => nt('train', '--help')],
    ['nt forecast, US births, default network', () => nt('forecast', '-m', 'model', '-o', 'f.csv', '--quiet')],
    ...shortTraining(),
    ...largeTable(),
    ...(python
      ? [
          ['python -c "import neuralforecast"', () => runPython(python, folder, 'import neuralforecast')] as [
            string,
            () => Usage,
          ],
        ]
      : []),
  ];
  const found = cases.map((): Usage[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, [, run]] of cases.entries()) found[index]!.push(run());
  console.log('| | wall s, least (median) | processor s, least (median) | peak MB |\n| --- | ---: | ---: | ---: |');
  for (const [index, [name]] of cases.entries()) console.log(row(name, found[index]!));
  console.log(`\nload at the end ${loadavg()[0]!.toFixed(1)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function nt(...words: string[]): Usage {
  return runNode(folder, [path.join(command, 'index.js'), ...words]);
}

/** 144 months: an epoch is one update. */
function shortTraining(): [string, () => Usage][] {
  const data = path.join(shared, 'AirPassengers.csv');
  if (!existsSync(data)) return [];
  const words = [
    'train',
    '-d',
    data,
    '--target',
    '#Passengers',
    '--input-size',
    '24',
    '--horizon',
    '12',
    '--val-split',
    '0',
    '--test-split',
    '0',
  ];
  const run = ['--max-updates', '100', '--epochs', '1000', '-o', 'passengers', '--overwrite', '--quiet', '--json'];
  return [
    ['nt train, AirPassengers, 100 updates', () => nt(...words, ...run)],
    ['nt forecast of it', () => nt('forecast', '-m', 'passengers', '-o', 'f.csv', '--quiet')],
  ];
}

function largeTable(): [string, () => Usage][] {
  const data = path.join(shared, 'ETTh1.csv');
  if (!existsSync(data)) return [];
  const words = [
    'train',
    '-d',
    data,
    '--target',
    'OT',
    '--input-size',
    '480',
    '--horizon',
    '96',
    '--max-updates',
    '30',
  ];
  return [
    ['nt train, ETTh1, 480 → 96, 30 updates', () => nt(...words, '-o', 'etth1', '--overwrite', '--quiet', '--json')],
  ];
}

function row(name: string, runs: readonly Usage[]): string {
  const of = (key: keyof Usage): string => {
    const sorted = runs.map((run) => run[key]).sort((a, b) => a - b);
    return `${sorted[0]!.toFixed(2)} (${sorted[sorted.length >> 1]!.toFixed(2)})`;
  };
  const megabytes = Math.max(...runs.map((run) => run.megabytes));
  return `| ${name} | ${of('wall')} | ${of('cpu')} | ${Math.round(megabytes)} |`;
}

function sizeOf(place: string): number {
  const entries = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.reduce((sum, { parentPath, name }) => sum + statSync(path.join(parentPath, name)).size, 0);
}
