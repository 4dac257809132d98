import { readdirSync, readFileSync } from 'node:fs';
import { parse } from '@nt/safetensors';
import type { NamedArrays, NetworkOps, Tensor, WindowTensors } from '@nt/tensor';
import type { NbeatsOptions, StackType, TrendBasis } from '../src/index.ts';

/** What `gen_nbeats.py` wrote. */
export interface GoldenNbeats {
  readonly input_size: number;
  readonly h: number;
  readonly hparams: Readonly<Record<string, unknown>>;
  readonly quantiles: number[] | null;
  readonly parameters: number;
  readonly input: number[][];
  readonly mask: number[][];
  readonly target: number[][];
  readonly output: number[][][];
  readonly output_float64: number[][][];
  /** By window, then level and blocks; where there is one output. */
  readonly decomposition: number[][][] | null;
  readonly training: {
    readonly loss: number;
    readonly largestGradient: number;
    readonly firstGradients: Record<string, number[]>;
    readonly gradientNorms: Record<string, number>;
    readonly lossBeforeUpdate: number[];
  };
}

const folder = new URL(process.env['NT_GOLDEN'] ? `file://${process.env['NT_GOLDEN']}/` : 'golden/', import.meta.url);

export const goldenNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.safetensors'))
  .map((file) => file.replace('.safetensors', ''));

export const readJson = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

const activations = { ReLU: 'relu', Tanh: 'tanh', SELU: 'selu', PReLU: 'prelu', Softplus: 'softplus' } as const;

export function readGolden(name: string): { golden: GoldenNbeats; weights: NamedArrays; options: NbeatsOptions } {
  const golden = readJson(`${name}.json`) as GoldenNbeats;
  const { tensors } = parse(new Uint8Array(readFileSync(new URL(`${name}.safetensors`, folder))));
  // Its buffers hold the quantiles of the loss, which is no part of the network.
  const weights = Object.fromEntries(tensors) as unknown as NamedArrays;
  const h = golden.hparams;
  const options: NbeatsOptions = {
    inputSize: golden.input_size,
    horizon: golden.h,
    outputs: golden.quantiles?.length ?? 1,
    mlpUnits: h['mlp_units'] as [number, number][],
    ...(h['stack_types'] !== undefined && { stackTypes: h['stack_types'] as StackType[] }),
    ...(h['n_blocks'] !== undefined && { nBlocks: h['n_blocks'] as number[] }),
    ...(h['n_basis'] !== undefined && { nBasis: h['n_basis'] as number }),
    ...(h['basis'] !== undefined && { basis: h['basis'] as TrendBasis }),
    ...(h['n_harmonics'] !== undefined && { nHarmonics: h['n_harmonics'] as number }),
    ...(h['shared_weights'] !== undefined && { sharedWeights: h['shared_weights'] as boolean }),
    ...(h['activation'] !== undefined && { activation: activations[h['activation'] as 'ReLU'] }),
  };
  return { golden, weights, options };
}

export function goldenWindow<T extends Tensor>(ops: NetworkOps<T>, { input, mask }: GoldenNbeats): WindowTensors<T> {
  const shape = [input.length, input[0]!.length];
  return { input: ops.tensor(input.flat(), shape), inputMask: ops.tensor(mask.flat(), shape) };
}
