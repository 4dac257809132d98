/**
 * Milliseconds of one update of 30 tensors (2.8 M weights): our recipes beside tf.train's on the stock cpu engine, and
 * on @nt/backend-cpu where it loads, with the share of a plain copy's bandwidth, and PyTorch's fused AdamW where the
 * interpreter PYTHON (default python3) has it. Run: pnpm -F @nt/optim bench
 */
import '@tensorflow/tfjs-backend-cpu';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { NetworkOps, Variable } from '@nt/tensor';
import { tfjsOps } from '@nt/tensor/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import {
  adam,
  adamw,
  chain,
  clipByGlobalNorm,
  createOptimizer,
  exponentialMovingAverage,
  type GradientTransform,
  sgd,
} from '../src/index.ts';
import { shapes, sizeOf, valuesOf, weightCount } from './weights.ts';

interface Row {
  readonly name: string;
  /** Bytes of each weight that the update must read and write. */
  readonly bytes: number;
}

interface Subject extends Row {
  readonly start: (variables: Record<string, tf.Variable>) => (gradients: Record<string, tf.Tensor>) => void;
}

const ours = (name: string, bytes: number, transform: () => GradientTransform): Subject => ({
  name,
  bytes,
  start: (variables) => {
    const parameters = variables as unknown as Record<string, Variable<tf.Tensor>>;
    const optimizer = createOptimizer<tf.Tensor>({
      ops: tfjsOps() as NetworkOps<tf.Tensor>,
      parameters,
      transform: transform(),
    });
    return (gradients) => void optimizer.apply(gradients);
  },
});

const theirs = (name: string, bytes: number, make: () => tf.Optimizer): Subject => ({
  name,
  bytes,
  start: () => {
    const optimizer = make();
    return (gradients) => optimizer.applyGradients(gradients);
  },
});

const subjects: readonly Subject[] = [
  theirs('tf.train.sgd', 12, () => tf.train.sgd(1e-3)),
  ours('sgd', 12, () => sgd()),
  theirs('tf.train.adam', 28, () => tf.train.adam(1e-3)),
  ours('adam', 28, () => adam()),
  ours('adamw', 28, () => adamw()),
  ours('clipByGlobalNorm, adamw', 32, () => chain(clipByGlobalNorm(1), adamw())),
  ours('clipByGlobalNorm, adamw, average', 40, () => chain(clipByGlobalNorm(1), adamw(), exponentialMovingAverage())),
];

/** Milliseconds by the clock, and of all cores of this process: on a busy machine the second says more. */
interface Times {
  readonly clock: number;
  readonly cpu: number;
}

/**
 * Medians for an update, the state already made. All subjects take turns, so that noise meets all alike, each with
 * `together` updates in a row: the copy and PyTorch are measured with warm memory, too.
 */
async function measure(rounds: number, seconds: number, together: number): Promise<Map<Subject, Times>> {
  const gradients = shapes.map((shape, i) => tf.tensor(valuesOf(sizeOf(shape), i + 50), [...shape]));
  const runs = subjects.map((subject) => prepare(subject, gradients));
  const times = runs.map((): Times[] => []);
  const end = performance.now() + seconds * 1000;
  for (let round = 0; round < rounds && (round < 3 || performance.now() < end); round++) {
    for (const [i, { update, probe }] of runs.entries()) {
      const [clock, cpu] = [performance.now(), cpuTime()];
      for (let repetition = 0; repetition < together; repetition++) update();
      await probe.data();
      times[i]!.push({ clock: (performance.now() - clock) / together, cpu: (cpuTime() - cpu) / together });
    }
  }
  const medianOf = (key: keyof Times, i: number): number => median(times[i]!.map((time) => time[key]));
  return new Map(subjects.map((subject, i) => [subject, { clock: medianOf('clock', i), cpu: medianOf('cpu', i) }]));
}

function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function prepare(subject: Subject, values: readonly tf.Tensor[]): { update: () => void; probe: tf.Variable } {
  const names = shapes.map((_, i) => `${subject.name} ${tf.getBackend()} ${i}`);
  const variables = names.map((name, i) =>
    tf.variable(tf.tensor(valuesOf(sizeOf(shapes[i]!), i), [...shapes[i]!]), true, name),
  );
  const apply = subject.start(Object.fromEntries(names.map((name, i) => [name, variables[i]!])));
  const gradients = Object.fromEntries(names.map((name, i) => [name, values[i]!]));
  const update = (): void => tf.tidy(() => apply(gradients));
  update();
  return { update, probe: variables[1]! };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Bytes read and written per millisecond by a copy of as many weights as the model has. */
function copyBandwidth(): number {
  const [from, to] = [valuesOf(weightCount, 1), new Float32Array(weightCount)];
  const times = Array.from({ length: 30 }, () => {
    const begin = performance.now();
    to.set(from);
    return performance.now() - begin;
  });
  return (weightCount * 8) / median(times);
}

function report(title: string, times: ReadonlyMap<Row, Times | undefined>, baseline: Times, bandwidth: number): void {
  const lines = [...times].map(([{ name, bytes }, measured]) => {
    if (!measured) return `| ${name} | missing | | | | | |`;
    const { clock, cpu } = measured;
    const moved = (bytes * weightCount) / clock;
    const faster = `${(baseline.clock / clock).toFixed(2)} | ${(baseline.cpu / cpu).toFixed(2)}`;
    return `| ${name} | ${clock.toFixed(1)} | ${cpu.toFixed(1)} | ${faster} | ${(moved / 1e6).toFixed(1)} | ${((100 * moved) / bandwidth).toFixed(0)} % |`;
  });
  const header = '| update | ms | CPU ms | × stock tf.train.adam | × in CPU ms | GB/s | of a copy |';
  console.log([`\n### ${title}`, '', header, '| --- | ---: | ---: | ---: | ---: | ---: | ---: |', ...lines].join('\n'));
}

const adamTime = (times: ReadonlyMap<Subject, Times>): Times =>
  [...times].find(([{ name }]) => name === 'tf.train.adam')![1];

/** PyTorch's rows; one that is `undefined` where the interpreter or PyTorch is missing. */
function measureTorch(): Map<Row, Times | undefined> {
  const script = fileURLToPath(new URL('torch-adam.py', import.meta.url));
  const { status, stdout } = spawnSync(process.env['PYTHON'] ?? 'python3', [script], { encoding: 'utf8' });
  if (status !== 0) return new Map([[{ name: 'PyTorch fused AdamW', bytes: 28 }, undefined]]);
  const rows = JSON.parse(stdout) as readonly (Times & { readonly name: string; readonly clips: boolean })[];
  return new Map(
    rows.map(({ name, clips, clock, cpu }) => [
      { name, bytes: clips ? 32 : 28 },
      { clock, cpu },
    ]),
  );
}

await tf.setBackend('cpu');
const bandwidth = copyBandwidth();
console.log(
  `${shapes.length} tensors, ${weightCount} weights; a copy moves ${(bandwidth / 1e6).toFixed(1)} GB/s. Medians.`,
);
const stock = await measure(9, 20, 1);
const baseline = adamTime(stock);
report('@tensorflow/tfjs-backend-cpu', stock, baseline, bandwidth);

const torch = measureTorch();
try {
  const path = '../../backend-cpu/src/index.ts';
  const { createCpuBackend } = (await import(path)) as {
    createCpuBackend(): Promise<{ describe(): Promise<{ kernelSet: string; threads: number }> }>;
  };
  const { kernelSet, threads } = await (await createCpuBackend()).describe();
  const fused = new Map<Row, Times | undefined>([...(await measure(40, 20, 20)), ...torch]);
  report(`@nt/backend-cpu (${kernelSet}, ${threads} threads) and PyTorch`, fused, baseline, bandwidth);
} catch (error) {
  console.log(`\n@nt/backend-cpu: not measured (${(error as Error).message})`);
  report('PyTorch', torch, baseline, bandwidth);
}

process.exit(0);
