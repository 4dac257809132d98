// `nt train` and `nt forecast` beside neuralforecast's `fit` and `predict`: the same file, windows, network, optimizer
// and number of updates, each run in processes of its own, in turns within one run. nt runs from its sources, which
// costs its start about a second. PYTHON names the interpreter that
// has neuralforecast (pip install neuralforecast); without it only nt is measured.
// Usage: pnpm bench:end-to-end [--batch=256,32] [--width=512] [--updates=200] [--rounds=2] [--threads=2]
import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type Outcome, runNeuralforecast, runNt, wholeEpochs } from './end-to-end/run-subject.ts';

const { values } = parseArgs({
  options: {
    batch: { type: 'string', default: '256,32' },
    width: { type: 'string', default: '512' },
    /** At least so many; whole epochs. */
    updates: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '2' },
    threads: { type: 'string', default: `${availableParallelism()}` },
  },
});
const python = process.env['PYTHON'] ?? 'python3';
const hasPeer = spawnSync(python, ['-c', 'import neuralforecast']).status === 0;
const machine = (): string => `${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0]!.toFixed(1)}`;
console.log(`US births, 168 → 24, ${values.threads} threads, ${machine()}`);
if (!hasPeer) console.log(`No neuralforecast: pip install neuralforecast==3.3.0, and name the interpreter in PYTHON.`);

for (const width of values.width.split(',').map(Number)) {
  for (const batch of values.batch.split(',').map(Number)) {
    const task = { ...wholeEpochs(batch, Number(values.updates)), width, batch, threads: Number(values.threads) };
    const [ours, theirs]: [Outcome[], Outcome[]] = [[], []];
    for (let round = 0; round < Number(values.rounds); round++) {
      ours.push(runNt(task));
      if (hasPeer) theirs.push(runNeuralforecast(python, task));
    }
    console.log(
      `\n**batch ${batch}, width ${width}, ${task.updates} updates, ${values.rounds} rounds** (load ${loadavg()[0]!.toFixed(1)})\n`,
    );
    console.log('| | windows/s (of each round) | start to forecast, s | peak memory, MB |');
    console.log('| --- | ---: | ---: | ---: |');
    for (const outcomes of [ours, theirs]) if (outcomes.length > 0) console.log(row(outcomes));
    if (hasPeer) console.log(comparison(ours, theirs));
  }
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
  return `| **nt beside neuralforecast** | ${ratio(({ windowsPerSecond }) => windowsPerSecond)}× | ${faster.toFixed(1)}× as quick | ${ratio(({ peakMegabytes }) => peakMegabytes)}× |`;
}

function largest(outcomes: readonly Outcome[]): number {
  return Math.max(...outcomes.map(({ peakMegabytes }) => peakMegabytes));
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
