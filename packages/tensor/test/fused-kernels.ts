import {
  type Activation,
  type ElementwiseKernelAttributes,
  kernelNames,
  leakyReluSlope,
  type MlpGradKernelAttributes,
  type MlpKernelAttributes,
  type RandomUniformKernelAttributes,
  seluAlpha,
  seluScale,
  uniformValues,
} from '@nt/tensor';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import {
  getKernelsForBackend,
  type KernelFunc,
  type NamedTensorInfoMap,
  registerBackend,
  registerKernel,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { activate } from '../src/reference/activate.ts';
import { evaluateRule } from '../src/reference/evaluate-rule.ts';

/** What the kernels were asked for, so that a test can see that they ran and what they need not compute. */
export interface KernelCall {
  readonly kernel: string;
  readonly needsInputGradient?: boolean;
  readonly donate?: readonly string[];
}

/** Runs on a backend of plain JavaScript arrays. */
interface Context {
  readonly inputs: NamedTensorInfoMap;
  readonly attributes: Record<string, unknown>;
  read(name: string): Float32Array;
  make(shape: readonly number[], values: ArrayLike<number>): TensorInfo;
  /** Nobody else refers to the input's memory, so that a donated one may be destroyed. */
  isFree(name: string): boolean;
}

/**
 * Registers the engine `name`: every stock CPU kernel and, beside them, all fused kernels in plain JavaScript.
 *
 * @param calls receives one entry for each fused kernel that runs
 */
export function registerFusedEngine(name: string, calls: KernelCall[]): void {
  registerBackend(name, () => Object.assign(new MathBackendCPU(), { firstUse: false }));
  for (const kernel of getKernelsForBackend('cpu')) registerKernel({ ...kernel, backendName: name });
  for (const [kernelName, run] of Object.entries(kernels)) {
    const kernelFunc: KernelFunc = ({ inputs, backend, attrs }) => {
      const engine = backend as MathBackendCPU;
      const attributes = (attrs ?? {}) as Record<string, unknown>;
      const { needsInputGradient, donate } = attributes as Partial<KernelCall>;
      calls.push({
        kernel: kernelName,
        ...(needsInputGradient === undefined ? {} : { needsInputGradient }),
        ...(donate === undefined ? {} : { donate }),
      });
      return run({
        inputs,
        attributes,
        read: (input) => engine.data.get(inputs[input]!.dataId).values as Float32Array,
        isFree: (input) => engine.refCount(inputs[input]!.dataId) === 1,
        make: (shape, values) => engine.makeTensorInfo([...shape], 'float32', Float32Array.from(values)),
      });
    };
    registerKernel({ kernelName, backendName: name, kernelFunc });
  }
}

const kernels: Readonly<Record<string, (context: Context) => TensorInfo[] | TensorInfo>> = {
  [kernelNames.mlp]({ inputs, attributes, read, make }) {
    const { activations, keepHidden } = attributes as unknown as MlpKernelAttributes;
    const [rows] = inputs['x']!.shape as [number];
    let values: ArrayLike<number> = read('x');
    const outputs = activations.map((activation, layer) => {
      const [inner, columns] = inputs[`w${layer}`]!.shape as [number, number];
      const [x, w, b] = [values, read(`w${layer}`), read(`b${layer}`)];
      const product = multiply(
        rows,
        inner,
        columns,
        (i, k) => x[i * inner + k]!,
        (k, j) => w[k * columns + j]!,
      );
      values = Float32Array.from(product, (value, i) => activate(activation, value + b[i % columns]!));
      return make([rows, columns], values);
    });
    return [outputs.at(-1)!, ...(keepHidden ? outputs.slice(0, -1) : [])];
  },

  [kernelNames.mlpGrad]({ inputs, attributes, read, make }) {
    const { activations, needsInputGradient } = attributes as unknown as MlpGradKernelAttributes;
    const [rows] = inputs['x']!.shape as [number];
    const gradients: TensorInfo[] = [];
    let dy: ArrayLike<number> = read('dy');
    for (const [layer, activation] of [...activations.entries()].reverse()) {
      const [inner, columns] = inputs[`w${layer}`]!.shape as [number, number];
      const [x, w] = [read(layer === 0 ? 'x' : `h${layer}`), read(`w${layer}`)];
      const y = layer === activations.length - 1 ? inputs['y'] && read('y') : read(`h${layer + 1}`);
      const slope = Array.from(dy, (value, i) => (y ? value * slopeFromOutput(activation, y[i]!) : value));
      const dw = multiply(
        inner,
        rows,
        columns,
        (i, k) => x[k * inner + i]!,
        (k, j) => slope[k * columns + j]!,
      );
      const db = multiply(
        1,
        rows,
        columns,
        () => 1,
        (k, j) => slope[k * columns + j]!,
      );
      gradients.unshift(make([inner, columns], dw), make([columns], db));
      dy = multiply(
        rows,
        columns,
        inner,
        (i, k) => slope[i * columns + k]!,
        (k, j) => w[j * columns + k]!,
      );
    }
    return needsInputGradient ? [...gradients, make(inputs['x']!.shape, dy)] : gradients;
  },

  [kernelNames.elementwise]({ inputs, attributes, read, make, isFree }) {
    const { rule, scalars, donate, groups } = attributes as unknown as ElementwiseKernelAttributes;
    const numbers = Object.entries(scalars).map(([name, value]): [string, number] => [
      name,
      typeof value === 'number' ? value : read(value.input)[0]!,
    ]);
    const width = rule.inputs.length;
    const numbered = Array.from(
      { length: groups },
      (_, group) => (name: string) => `${group * width + rule.inputs.indexOf(name)}`,
    );
    const results = numbered.flatMap((own) => {
      const shape = inputs[own(rule.inputs[0]!)]?.shape ?? [];
      const count = shape.reduce((a, b) => a * b, 1);
      const arrays = rule.inputs.map((name): [string, Float64Array] => [name, Float64Array.from(read(own(name)))]);
      const outputs = evaluateRule(rule, count, new Map(arrays), new Map(numbers));
      return rule.outputs.map(([name]) => make(shape, outputs.get(name)!));
    });
    for (const own of numbered) for (const name of donate) if (isFree(own(name))) read(own(name)).fill(Number.NaN);
    return results;
  },

  [kernelNames.pool1d]({ inputs, attributes, read, make }) {
    const { batch, pooled, channels, windows } = poolOf(inputs, attributes);
    const x = read('x');
    const out = new Float32Array(batch * pooled * channels);
    for (const { to, from } of windows) {
      const values = from.map((i) => x[i]!);
      out[to] = attributes['kind'] === 'max' ? Math.max(...values) : values.reduce((a, b) => a + b) / values.length;
    }
    return make([batch, pooled, channels], out);
  },

  [kernelNames.pool1dGrad]({ inputs, attributes, read, make }) {
    const { windows } = poolOf(inputs, attributes);
    const [x, dy] = [read('x'), read('dy')];
    const dx = new Float32Array(x.length);
    for (const { to, from } of windows) {
      if (attributes['kind'] === 'avg') for (const i of from) dx[i] = dy[to]! / from.length;
      else dx[from.reduce((best, i) => (x[i]! > x[best]! ? i : best), from[0]!)] = dy[to]!;
    }
    return make(inputs['x']!.shape, dx);
  },

  [kernelNames.constMatMul]({ inputs, attributes, read, make }) {
    const [rows, inner] = inputs['x']!.shape as [number, number];
    const [, stride] = inputs['matrix']!.shape as [number, number];
    const transposed = attributes['transposeMatrix'] === true;
    const columns = transposed ? inputs['matrix']!.shape[0]! : stride;
    const [x, matrix] = [read('x'), read('matrix')];
    const at = (k: number, j: number): number => (transposed ? matrix[j * stride + k]! : matrix[k * stride + j]!);
    return make(
      [rows, columns],
      multiply(rows, inner, columns, (i, k) => x[i * inner + k]!, at),
    );
  },

  [kernelNames.globalNorm]({ inputs, read, make }) {
    const squares = Object.keys(inputs).reduce((total, name) => read(name).reduce((sum, x) => sum + x * x, total), 0);
    return make([], [Math.sqrt(squares)]);
  },

  [kernelNames.randomUniform]({ attributes, make }) {
    const { shape, key } = attributes as unknown as RandomUniformKernelAttributes;
    const count = shape.reduce((a, b) => a * b, 1);
    return make(shape, uniformValues(count, key));
  },
};

function multiply(
  rows: number,
  inner: number,
  columns: number,
  left: (i: number, k: number) => number,
  right: (k: number, j: number) => number,
): number[] {
  return Array.from({ length: rows * columns }, (_, at) => {
    let total = 0;
    for (let k = 0; k < inner; k++) total += left(Math.floor(at / columns), k) * right(k, at % columns);
    return total;
  });
}

function slopeFromOutput(activation: Activation, y: number): number {
  switch (activation) {
    case 'linear':
      return 1;
    case 'relu':
      return y > 0 ? 1 : 0;
    case 'leakyRelu':
      return y > 0 ? 1 : leakyReluSlope;
    case 'softplus':
      return -Math.expm1(-y);
    case 'tanh':
      return 1 - y * y;
    case 'selu':
      return y > 0 ? seluScale : y + seluScale * seluAlpha;
    case 'sigmoid':
      return y * (1 - y);
  }
}

function poolOf(
  inputs: NamedTensorInfoMap,
  attributes: Record<string, unknown>,
): { batch: number; pooled: number; channels: number; windows: { to: number; from: number[] }[] } {
  const [batch, length, channels] = inputs['x']!.shape as [number, number, number];
  const kernelSize = attributes['kernelSize'] as number;
  const pooled = Math.ceil(length / kernelSize);
  const windows = Array.from({ length: batch * pooled * channels }, (_, to) => {
    const [n, p, c] = [Math.floor(to / (pooled * channels)), Math.floor(to / channels) % pooled, to % channels];
    const size = Math.min(kernelSize, length - p * kernelSize);
    return { to, from: Array.from({ length: size }, (_, k) => (n * length + p * kernelSize + k) * channels + c) };
  });
  return { batch, pooled, channels, windows };
}
