// `nt train` and `nt forecast` beside neuralforecast's `fit` and `predict`: the same file, windows, network, optimizer
// and number of updates, each run in processes of its own, in turns within one run. nt is the published bundle. With
// --precision=mixed-bfloat16 it trains in bfloat16, beside neuralforecast in float32 and under PyTorch's autocast. PYTHON names
// the interpreter that has neuralforecast (pip install neuralforecast); without it only nt is measured.
// Usage: pnpm bench:end-to-end [--batch=256,32] [--width=512] [--updates=200] [--rounds=2] [--threads=2] [--precision=float32]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleNt } from '../tools/bundle-nt.ts';
import { type Outcome, type Precision, runNeuralforecast, runNt, wholeEpochs } from './end-to-end/run-subject.ts';

const { values } = parseArgs({
  options: {
    batch: { type: 'string', default: '256,32' },
    width: { type: 'string', default: '512' },
    /** At least so many; whole epochs. */
    updates: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '2' },
    threads: { type: 'string', default: `${availableParallelism()}` },
    precision: { type: 'string', default: 'float32' },
  },
});
const precisions = values.precision.split(',').map((name): Precision => {
  if (name === 'float32' || name === 'mixed-bfloat16') return name;
  throw new Error(`--precision: expected float32 or mixed-bfloat16, found ${name}`);
});
const python = process.env['PYTHON'] ?? 'python3';
const hasPeer = spawnSync(python, ['-c', 'import neuralforecast']).status === 0;
const machine = (): string => `${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0]!.toFixed(1)}`;
console.log(`US births, 168 → 24, ${values.threads} threads, ${machine()}`);
if (!hasPeer) console.log(`No neuralforecast: pip install neuralforecast==3.3.0, and name the interpreter in PYTHON.`);

const folder = mkdtempSync(path.join(tmpdir(), 'nt-end-to-end-'));
try {
  await bundleNt(folder);
  for (const width of values.width.split(',').map(Number))
    for (const batch of values.batch.split(',').map(Number))
      for (const precision of precisions) compare(width, batch, precision);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function compare(width: number, batch: number, precision: Precision): void {
  const size = { ...wholeEpochs(batch, Number(values.updates)), width, batch, threads: Number(values.threads) };
  const peers = hasPeer ? [...new Set<Precision>(['float32', precision])] : [];
  const ours: Outcome[] = [];
  const theirs = peers.map((): Outcome[] => []);
  for (let round = 0; round < Number(values.rounds); round++) {
    ours.push(runNt(path.join(folder, 'index.js'), { ...size, precision }));
    for (const [i, peer] of peers.entries()) theirs[i]!.push(runNeuralforecast(python, { ...size, precision: peer }));
  }
  console.log(
    `\n**batch ${batch}, width ${width}, ${size.updates} updates, ${values.rounds} rounds** (load ${loadavg()[0]!.toFixed(1)})\n`,
  );
  console.log('| | windows/s (of each round) | start to forecast, s | peak memory, MB |');
  console.log('| --- | ---: | ---: | ---: |');
  for (const outcomes of [ours, ...theirs]) console.log(row(outcomes));
  for (const outcomes of theirs) console.log(comparison(ours, outcomes));
}

function row(outcomes: readonly Outcome[]): string {
  const rounds = outcomes.map(({ windowsPerSecond }) => Math.round(windowsPerSecond).toLocaleString('en')).join(', ');
  const seconds = median(outcomes.map(({ startToForecast }) => startToForecast)).toFixed(1);
  return `| ${outcomes[0]!.version} | ${rounds} | ${seconds} | ${Math.round(largest(outcomes))} |`;
}

/** Of each round, so that what the machine does meanwhile meets both sides. */
function comparison(ours: readonly Outcome[], theirs: readonly Outcome[]): string {
  const ratio = (of: (outcome: Outcome) => number): string =>
    median(ours.map((outcome, round) => of(outcome) / of(theirs[round]!))).toFixed(2);
  const faster = median(ours.map((outcome, round) => theirs[round]!.startToForecast / outcome.startToForecast));
  return `| **nt beside ${theirs[0]!.version.split(',')[0]}, ${theirs[0]!.version.split(', ').at(-1)}** | ${ratio(({ windowsPerSecond }) => windowsPerSecond)}× | ${faster.toFixed(1)}× as quick | ${ratio(({ peakMegabytes }) => peakMegabytes)}× |`;
}

function largest(outcomes: readonly Outcome[]): number {
  return Math.max(...outcomes.map(({ peakMegabytes }) => peakMegabytes));
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
