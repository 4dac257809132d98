import type { Backend } from '@nt/tensor';
import type { Tensor } from '@tensorflow/tfjs-core';
import { smallNetwork, trainNhits } from '../../bench/train-nhits.ts';
import { createWebgpuBackend } from '../../src/index.ts';
import { halfCases } from '../half/half-cases.ts';
import { halfEngine } from '../half/half-engine.ts';
import { halfLayers, type Matrix, type TwoLayers } from '../half/half-layers.ts';
import { halfTolerance } from '../tolerances.ts';

const [kind, updates] = [process.argv[2] as 'f16' | 'quantized', Number(process.argv[3])];

const precision = kind === 'f16' ? 'mixed-float16' : 'float32';
const backend: Backend<Tensor> = await createWebgpuBackend({ allowSoftware: true, precision });
const half = kind === 'f16' ? backend : halfEngine(backend, 'quantized');

async function ofLayers({ x, w0, b0, w1, b1, dy }: TwoLayers): Promise<Record<string, number[]>> {
  const { ops } = half;
  const tensor = ({ rows, columns, values }: Matrix): Tensor => ops.tensor(values, [rows, columns]);
  const vector = ({ columns, values }: Matrix): Tensor => ops.tensor(values, [columns]);
  const variables = Object.entries({ w0: tensor(w0), b0: vector(b0), w1: tensor(w1), b1: vector(b1) }).map(
    ([name, initial]) => [name, ops.variable(initial, { name: `half.${name}` })] as const,
  );
  const [v, given] = [Object.fromEntries(variables), { x: tensor(x), dy: tensor(dy) }];
  let y: Tensor | undefined;
  const { value, grads } = ops.variableGrads(() => {
    const layers = [
      { w: v['w0']!, b: v['b0']!, activation: 'relu' },
      { w: v['w1']!, b: v['b1']!, activation: 'linear' },
    ] as const;
    y = ops.keep(ops.mlp(given.x, layers));
    return ops.sum(ops.mul(y, given.dy));
  }, Object.values(v));
  const results: Record<string, number[]> = { y: Array.from(await y!.data()) };
  for (const [name] of variables) results[name] = Array.from(await grads[`half.${name}`]!.data());
  ops.dispose([value, y!, ...Object.values(given), ...Object.values(grads), ...Object.values(v)]);
  return results;
}

const differences: string[] = [];
const bits: Record<string, Record<string, number[]>> = {};
for (const [name, layers] of Object.entries(halfCases)) {
  const found = await ofLayers(layers);
  bits[name] = Object.fromEntries(
    Object.entries(found).map(([of, values]) => [of, [...new Uint32Array(Float32Array.from(values).buffer)]]),
  );
  for (const [of, { values }] of Object.entries(halfLayers(layers))) {
    const largest = Math.max(...values.filter(Number.isFinite).map(Math.abs), 0);
    const i = values.findIndex((value, k) => {
      const received = found[of]![k]!;
      const isSame = Object.is(received, value) || received === value;
      return !isSame && !(Math.abs(received - value) <= halfTolerance * largest);
    });
    if (i >= 0) differences.push(`${name}: ${of}[${i}] is ${found[of]![i]}, not ${values[i]}`);
  }
}

const run = { network: smallNetwork, batch: 16, updates, logEvery: 10 } as const;
const precise = { precision: 'mixed-float16' } as const;
const curves = {
  half: await trainNhits(half, run, precise),
  captured: await trainNhits(half, run, { ...precise, capture: 'auto' }),
  float32: [] as number[],
};
await backend.dispose();
const plain = await createWebgpuBackend({ allowSoftware: true });
curves.float32 = await trainNhits(plain, run);
await plain.dispose();
console.log(JSON.stringify({ differences, bits, curves }));
