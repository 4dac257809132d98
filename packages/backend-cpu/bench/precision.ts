// float32 beside mixed-bfloat16, in turns within one process: products alone, and whole updates of N-HiTS's default network.
// Processor time is of all threads together and says more than the clock where others use the machine.
// Usage: node --import tsx --conditions=@nt/source bench/precision.ts [--batch=32,128] [--threads=1,2] [--turns=20] [--kernels=native]
import { parseArgs } from 'node:util';
import { type CpuEngineOptions, createCpuBackend } from '@nt/backend-cpu';
import type { Backend, NetworkOps } from '@nt/tensor';
import { findBackend, type Tensor } from '@tensorflow/tfjs-core';
import type { NtCpuBackend } from '../src/engine/nt-cpu-backend.ts';
import { createTraining } from './network.ts';
import { machineLine } from './print-results.ts';

const { values } = parseArgs({
  options: {
    batch: { type: 'string', default: '32,128,256,1024' },
    threads: { type: 'string', default: '1,2' },
    /** Of each precision; the quickest and the median count. */
    turns: { type: 'string', default: '20' },
    kernels: { type: 'string', default: 'native' },
    /** Of the hidden layers. */
    width: { type: 'string', default: '512' },
  },
});
const numbers = (text: string): number[] => text.split(',').map(Number);
/** Milliseconds of work in a turn, about. */
const turn = 150;
const precisions = ['float32', 'mixed-bfloat16'] as const;
type Work = Record<(typeof precisions)[number], () => void>;

for (const threads of numbers(values.threads)) {
  const backend = await createCpuBackend({
    threads,
    kernels: values.kernels as NonNullable<CpuEngineOptions['kernels']>,
  });
  const running = findBackend('nt-cpu') as NtCpuBackend;
  const { kernelSet } = await backend.describe();
  console.log(
    `${kernelSet}, ${threads} threads${{ quick: ', AVX512-BF16', slow: ', AVX512-BF16 not used: slower', none: '' }[running.kernels.bfloat16()]}`,
  );
  for (const batch of numbers(values.batch)) {
    for (const [title, { m, k, n, ta = false, tb = false }] of Object.entries(products(batch)))
      report(
        `${title} ${m}×${k}×${n}`,
        compare(running, product(backend.ops, running, { m, k, n, ta, tb })),
        2e-6 * m * k * n,
      );
    report(`update B=${batch}`, compare(running, updates(backend, running, batch)));
  }
  await backend.dispose();
}
console.log(machineLine());

interface Shape {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly ta?: boolean;
  readonly tb?: boolean;
}

/** Those of a hidden layer. */
function products(batch: number): Record<string, Shape> {
  return {
    forward: { m: batch, k: 512, n: 512 },
    'input gradient': { m: batch, k: 512, n: 512, tb: true },
    'weight gradient': { m: 512, k: batch, n: 512, ta: true },
  };
}

function product(ops: NetworkOps<Tensor>, running: NtCpuBackend, { m, k, n, ta, tb }: Required<Shape>): Work {
  const fill = (size: number): Float32Array =>
    Float32Array.from({ length: size }, (_, i) => ((i * 7919) % 2003) / 1001 - 1);
  const a = ops.tensor(fill(m * k), ta ? [k, m] : [m, k]);
  const b = ops.tensor(fill(k * n), tb ? [n, k] : [k, n]);
  const run = (): void => ops.dispose(ops.matMul(a, b, ta, tb));
  return { float32: run, 'mixed-bfloat16': () => running.rounding.within(run) };
}

function updates(backend: Backend<Tensor>, running: NtCpuBackend, batch: number): Work {
  const { ops } = backend;
  const named = (precision: string): NetworkOps<Tensor> => ({
    ...ops,
    variable: (initial, { name }) => ops.variable(initial, { name: `b${batch}.${precision}.${name}` }),
  });
  const mixed: NetworkOps<Tensor> = {
    ...named('mixed'),
    variableGrads: (f, variables) => running.rounding.within(() => ops.variableGrads(f, variables)),
  };
  const settings = { batch, width: Number(values.width), isCaptured: true };
  return {
    float32: createTraining({ ...backend, ops: named('float32') }, settings).updateOnly,
    'mixed-bfloat16': createTraining({ ...backend, ops: mixed }, settings).updateOnly,
  };
}

interface Times {
  readonly wall: number[];
  readonly processor: number[];
}

/** Milliseconds a repetition. */
function compare({ runner }: NtCpuBackend, work: Work): Record<keyof Work, Times> {
  const times = { float32: { wall: [], processor: [] }, 'mixed-bfloat16': { wall: [], processor: [] } } as Record<
    keyof Work,
    Times
  >;
  for (const precision of precisions) for (let i = 0; i < 12; i++) work[precision]();
  runner.finish();
  const start = performance.now();
  work.float32();
  runner.finish();
  const count = Math.max(1, Math.round(turn / (performance.now() - start)));
  for (let i = 0; i < Number(values.turns); i++)
    for (const precision of precisions) {
      const [before, cpu] = [performance.now(), process.cpuUsage()];
      for (let j = 0; j < count; j++) work[precision]();
      runner.finish();
      const { user, system } = process.cpuUsage(cpu);
      times[precision].wall.push((performance.now() - before) / count);
      times[precision].processor.push((user + system) / 1000 / count);
    }
  return times;
}

function report(title: string, times: Record<keyof Work, Times>, gigaflop?: number): void {
  const [wide, narrow] = precisions.map((precision) => times[precision]) as [Times, Times];
  const cells = (['processor', 'wall'] as const).map((kind) => {
    const least = [wide, narrow].map((of) => Math.min(...of[kind])) as [number, number];
    const middle = [wide, narrow].map((of) => median(of[kind])) as [number, number];
    const rate =
      gigaflop === undefined ? '' : ` (${least.map((ms) => (gigaflop / ms).toFixed(0)).join(' → ')} GFLOP/s)`;
    const show = ([a, b]: [number, number]): string => `${a.toFixed(3)} → ${b.toFixed(3)} ${(a / b).toFixed(2)}×`;
    return `${kind}: least ${show(least)}${rate}, median ${show(middle)}`;
  });
  console.log(`${title.padEnd(32)} ${cells.join(' | ')}`);
}

function median(all: readonly number[]): number {
  return [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]!;
}
