import path from 'node:path';
import type { Competitor } from './running-competitor.ts';
import type { StraightLine } from './straight-line/build.ts';

const here = import.meta.dirname;
/** Node running one of our sources. */
export const nodeSource = (file: string): string[] => [
  process.execPath,
  '--import',
  'tsx',
  '--conditions=@nt/source',
  path.join(here, file),
];

/** What is there to compare with. */
export interface Field {
  readonly kernels: readonly string[];
  /** Batches in which the stock engines run, on one thread: they take seconds for one update of a large one. */
  readonly stock: readonly number[];
  /** Of each width of the network. */
  readonly native: ReadonlyMap<number, StraightLine>;
  readonly wasm: ReadonlyMap<number, StraightLine>;
  /** The interpreter that can import torch. */
  readonly python: string | undefined;
  /** `eager`, `compile`. */
  readonly torch: readonly string[];
}

/** What is trained, and on how many threads. */
export interface Task {
  readonly threads: number;
  readonly batch: number;
  /** Of the hidden layers. */
  readonly width: number;
}

/** Whole training updates. */
export function trainingCompetitors(field: Field, task: Task): Competitor[] {
  const { threads, batch, width } = task;
  const isForStock = threads === 1 && width === 512 && field.stock.includes(batch);
  return [
    ...ours(field, 'train', task),
    ...ours(field, 'captured', task),
    ...product(field, task),
    ...straightLine('C step, native', field.native.get(width)!, 4, task),
    ...straightLine('C step, WASM', field.wasm.get(width)!, 2, task),
    ...torch(field, '', task),
    ...(isForStock ? ['wasm', 'cpu'].map((name) => stockEngine(name, task)) : []),
  ];
}

/** Forecasts of a batch. */
export function inferenceCompetitors(field: Field, task: Task): Competitor[] {
  return [...ours(field, 'inference', task), ...torch(field, 'inference-', task)];
}

function ours({ kernels }: Field, what: string, { threads, batch, width }: Task): Competitor[] {
  return kernels.map((name) => ({
    name: `nt-cpu ${name}${what === 'captured' ? ', captured' : ''}`,
    command: [...nodeSource('competitor.ts'), what, `nt-cpu:${name}`, `${threads}`, `${batch}`, `${width}`],
    threads,
  }));
}

/** What users run: `NhitsForecaster.fit`, with gathering, trainer and events around the same update. */
function product({ kernels }: Field, { threads, batch, width }: Task): Competitor[] {
  return kernels.map((name) => ({
    name: `NhitsForecaster ${name}`,
    command: [
      ...nodeSource('../../../apps/cli/bench/product-competitor.ts'),
      name,
      `${threads}`,
      `${batch}`,
      `${width}`,
    ],
    threads,
  }));
}

function stockEngine(name: string, { batch, width }: Task): Competitor {
  const command = [...nodeSource('competitor.ts'), 'train', name, '1', `${batch}`, `${width}`];
  return { name: `tfjs ${name}`, command, threads: 1, slow: true };
}

function straightLine(name: string, step: StraightLine, most: number, { threads, batch }: Task): Competitor[] {
  if ('why' in step || threads > most) return [];
  return [{ name, command: [...step.command, `${threads}`, `${batch}`], threads }];
}

function torch({ python, torch: modes }: Field, prefix: string, { threads, batch, width }: Task): Competitor[] {
  if (!python) return [];
  const script = path.join(here, 'torch-step.py');
  return modes.map((mode) => ({
    name: `PyTorch ${mode}`,
    command: [python, script, `${prefix}${mode}`, `${threads}`, `${batch}`, `${width}`],
    threads,
  }));
}
