import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from '@nt/safetensors';
import type { NamedArrays, NetworkOps, Tensor, WindowTensors } from '@nt/tensor';
import type { NhitsActivation, NhitsOptions, PoolingMode } from '../src/index.ts';

/** The parts of a file of `gen_nhits.py` that the tests read. */
export interface GoldenNhits {
  readonly hparams: Readonly<Record<string, never>>;
  readonly parameters: number;
  readonly quantiles?: readonly number[];
  readonly insample_y: number[][];
  readonly insample_mask: number[][];
  readonly target: number[][];
  readonly futr_exog?: number[][][];
  readonly hist_exog?: number[][][];
  readonly stat_exog?: number[][];
  /** The level and each block's forecast, where there is one output. */
  readonly decomposition_first_window?: number[][];
  readonly output: unknown[];
  readonly output_float64: unknown[];
  readonly fixed_batch_training: { readonly loss_before_each_step: number[]; readonly grad_norm_before_clip: number[] };
  readonly loss: {
    readonly value: number;
    readonly grad_norm: Record<string, number>;
    readonly grad_first6: Record<string, number[]>;
  };
}

/** `NT_GOLDEN`: files made with other options. */
const folder = new URL(process.env['NT_GOLDEN'] ? `file://${process.env['NT_GOLDEN']}/` : 'golden/', import.meta.url);
const path = (file: string): string => fileURLToPath(new URL(file, folder));
const activations: Record<string, NhitsActivation> = {
  ReLU: 'relu',
  Softplus: 'softplus',
  Tanh: 'tanh',
  SELU: 'selu',
  LeakyReLU: 'leakyRelu',
  PReLU: 'prelu',
  Sigmoid: 'sigmoid',
};

export const goldenNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.safetensors'))
  .map((file) => file.replace('.safetensors', ''));

export function readGolden(name: string): { golden: GoldenNhits; weights: NamedArrays; options: NhitsOptions } {
  const golden = JSON.parse(readFileSync(path(`${name}.json`), 'utf8')) as GoldenNhits;
  const file = parse(new Uint8Array(readFileSync(path(`${name}.safetensors`))));
  const weights = Object.fromEntries([...file.tensors].map(([key, array]) => [key, array])) as unknown as NamedArrays;
  const h = golden.hparams as Record<string, unknown>;
  const count = (key: string): number => (h[key] as string[] | undefined)?.length ?? 0;
  const options: NhitsOptions = {
    inputSize: h['input_size'] as number,
    horizon: h['h'] as number,
    hiddenSize: 32,
    nBlocks: h['n_blocks'] as number[],
    nPoolKernelSize: h['n_pool_kernel_size'] as number[],
    nFreqDownsample: h['n_freq_downsample'] as number[],
    poolingMode: h['pooling_mode'] as PoolingMode,
    interpolationMode: h['interpolation_mode'] as 'linear',
    activation: activations[h['activation'] as string]!,
    outputs: golden.quantiles?.length ?? 1,
    historic: count('hist_exog_list'),
    future: count('futr_exog_list'),
    static: count('stat_exog_list'),
  };
  return { golden, weights, options };
}

/** The golden inputs as tensors of an engine. */
export function goldenWindow<T extends Tensor>(ops: NetworkOps<T>, golden: GoldenNhits): WindowTensors<T> {
  const tensor = (values: readonly unknown[]): T => ops.tensor(values.flat(Infinity) as number[], shapeOf(values));
  return {
    input: tensor(golden.insample_y),
    inputMask: tensor(golden.insample_mask),
    ...(golden.hist_exog && { historic: tensor(golden.hist_exog) }),
    ...(golden.futr_exog && { future: tensor(golden.futr_exog) }),
    ...(golden.stat_exog && { static: tensor(golden.stat_exog) }),
  };
}

/** Mean absolute error for one output, mean pinball over batch, horizon and quantiles for several. */
export function goldenLoss(
  ops: NetworkOps<Tensor>,
  { quantiles = [] }: GoldenNhits,
  forecast: Tensor,
  target: Tensor,
): Tensor {
  const error = ops.sub(target, forecast);
  const mean = (x: Tensor): Tensor => ops.mul(ops.sum(x), ops.tensor([1 / x.shape.reduce((a, b) => a * b, 1)], []));
  if (quantiles.length === 0) return mean(ops.abs(error));
  const q = ops.tensor(quantiles, [1, 1, quantiles.length]);
  return mean(ops.maximum(ops.mul(q, error), ops.mul(ops.sub(q, ops.tensor([1], [])), error)));
}

function shapeOf(values: unknown): number[] {
  return Array.isArray(values) ? [values.length, ...shapeOf(values[0])] : [];
}
