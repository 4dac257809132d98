import { readdirSync, readFileSync } from 'node:fs';
import type { NetworkOps, Tensor, WindowTensors } from '@nt/tensor';

/** What `gen_saved.py` wrote beside a folder of neuralforecast. */
export interface Expected {
  readonly loss: string;
  readonly input: number[][];
  readonly mask: number[][];
  readonly target: number[][];
  readonly historic: number[][][] | null;
  readonly future: number[][][] | null;
  readonly static: number[][] | null;
  /** In neuralforecast's order. */
  readonly quantiles: number[] | null;
  /** Points, quantiles in that order, or the arguments of PyTorch's distribution, in the data's unit. */
  readonly output: number[][][];
  readonly training: {
    readonly loss: number;
    readonly largestGradient: number;
    readonly firstGradients: Record<string, number[]>;
    readonly gradientNorms: Record<string, number>;
    readonly lossBeforeUpdate: number[];
  };
}

/** `NT_GOLDEN_SAVED`: cases made with other options. */
const folder = new URL(
  process.env['NT_GOLDEN_SAVED'] ? `file://${process.env['NT_GOLDEN_SAVED']}/` : 'golden/saved/',
  import.meta.url,
);

export const savedCases: readonly string[] = readdirSync(folder).sort();

/** The folder's files, and what is expected of them. */
export function readCase(name: string): { files: Record<string, Uint8Array>; expected: Expected } {
  const names = readdirSync(new URL(`${name}/`, folder));
  const read = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(`${name}/${file}`, folder)));
  const expected = JSON.parse(new TextDecoder().decode(read('expected.json'))) as Expected;
  const files = names.filter((file) => file !== 'expected.json').map((file) => [file, read(file)] as const);
  return { files: Object.fromEntries(files), expected };
}

export function windowOf<T extends Tensor>(ops: NetworkOps<T>, expected: Expected): WindowTensors<T> {
  const batch = expected.input.length;
  const inputSize = expected.input[0]!.length;
  const cube = (values: number[][][]): T =>
    ops.tensor(values.flat(2), [batch, values[0]!.length, values[0]![0]!.length]);
  return {
    input: ops.tensor(expected.input.flat(), [batch, inputSize]),
    inputMask: ops.tensor(expected.mask.flat(), [batch, inputSize]),
    ...(expected.historic && { historic: cube(expected.historic) }),
    ...(expected.future && { future: cube(expected.future) }),
    ...(expected.static && { static: ops.tensor(expected.static.flat(), [batch, expected.static[0]!.length]) }),
  };
}

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** Our outputs of one time step as neuralforecast gives them. */
export function asExpected({ loss, quantiles }: Expected, outputs: readonly number[]): number[] {
  const [a, b, c] = outputs as [number, number, number];
  if (loss === 'normal') return [a, softplus(b)];
  if (loss === 'student') return [3 + softplus(a), b, softplus(c)];
  if (loss === 'negbin') {
    const product = softplus(a) * softplus(b);
    return [1 / softplus(b), product / (1 + product)];
  }
  if (loss !== 'level' && loss !== 'quantiles') return [...outputs];
  const ascending = [...quantiles!].sort((x, y) => x - y);
  return quantiles!.map((q) => outputs[ascending.indexOf(q)]!);
}
