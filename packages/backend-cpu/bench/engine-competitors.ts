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
  readonly native: StraightLine;
  readonly wasm: StraightLine;
  /** The interpreter that can import torch. */
  readonly python: string | undefined;
  /** `eager`, `compile`. */
  readonly torch: readonly string[];
}

/** Whole training updates. */
export function trainingCompetitors(field: Field, threads: number, batch: number): Competitor[] {
  return [
    ...ours(field, 'train', threads, batch),
    ...product(field, threads, batch),
    ...straightLine('C step, native', field.native, 4, threads, batch),
    ...straightLine('C step, WASM', field.wasm, 2, threads, batch),
    ...torch(field, '', threads, batch),
    ...(threads === 1 && field.stock.includes(batch) ? ['wasm', 'cpu'].map((name) => stockEngine(name, batch)) : []),
  ];
}

/** Forecasts of a batch. */
export function inferenceCompetitors(field: Field, threads: number, batch: number): Competitor[] {
  return [...ours(field, 'inference', threads, batch), ...torch(field, 'inference-', threads, batch)];
}

function ours({ kernels }: Field, what: string, threads: number, batch: number): Competitor[] {
  return kernels.map((name) => ({
    name: `nt-cpu ${name}`,
    command: [...nodeSource('competitor.ts'), what, `nt-cpu:${name}`, `${threads}`, `${batch}`],
    threads,
  }));
}

/** What users run: `NhitsForecaster.fit`, with gathering, trainer and events around the same update. */
function product({ kernels }: Field, threads: number, batch: number): Competitor[] {
  return kernels.map((name) => ({
    name: `NhitsForecaster ${name}`,
    command: [...nodeSource('../../../apps/cli/bench/product-competitor.ts'), name, `${threads}`, `${batch}`],
    threads,
  }));
}

function stockEngine(name: string, batch: number): Competitor {
  const command = [...nodeSource('competitor.ts'), 'train', name, '1', `${batch}`];
  return { name: `tfjs ${name}`, command, threads: 1, slow: true };
}

function straightLine(name: string, step: StraightLine, most: number, threads: number, batch: number): Competitor[] {
  if ('why' in step || threads > most) return [];
  return [{ name, command: [...step.command, `${threads}`, `${batch}`], threads }];
}

function torch({ python, torch: modes }: Field, prefix: string, threads: number, batch: number): Competitor[] {
  if (!python) return [];
  const script = path.join(here, 'torch-step.py');
  return modes.map((mode) => ({
    name: `PyTorch ${mode}`,
    command: [python, script, `${prefix}${mode}`, `${threads}`, `${batch}`],
    threads,
  }));
}
