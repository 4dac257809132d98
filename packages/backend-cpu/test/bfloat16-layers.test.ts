import { type CpuBackend, createCpuBackend } from '@nt/backend-cpu';
import type { Activation } from '@nt/tensor';
import { findBackend, type Tensor } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { NtCpuBackend } from '../src/engine/nt-cpu-backend.ts';
import { expectSameBits, numbers, onEveryWay } from './bfloat16-ways.ts';
import { loadable } from './engines.ts';

/**
 * Rows of a batch, and widths of input, hidden layers and output; odd ones do not fill the words of a row. None so large that
 * two linear layers would be run as one.
 */
const networks = [
  { rows: 1, widths: [3, 1, 1] },
  { rows: 5, widths: [7, 33, 9, 4] },
  { rows: 37, widths: [20, 71, 48, 31, 12] },
  { rows: 300, widths: [31, 157, 64, 5] },
] as const;

async function gradientsOf(
  { ops }: CpuBackend,
  { rows, widths }: (typeof networks)[number],
  activation: Activation,
  isOneCall: boolean,
): Promise<Float32Array[]> {
  const [input, ...sizes] = widths as unknown as [number, ...number[]];
  const x = ops.tensor(numbers(1, rows * input), [rows, input]);
  const layers = sizes.map((size, i) => {
    const from = [input, ...sizes][i]!;
    const [w, b] = [ops.tensor(numbers(i + 2, from * size), [from, size]), ops.tensor(numbers(i + 50, size), [size])];
    const of = { w: ops.variable(w, { name: `w${i}` }), b: ops.variable(b, { name: `b${i}` }) };
    ops.dispose([w, b]);
    return { ...of, activation: i === sizes.length - 1 ? ('linear' as const) : activation };
  });
  const variables = layers.flatMap(({ w, b }) => [w, b]);
  const { value, grads } = ops.variableGrads(() => {
    const y = isOneCall
      ? ops.mlp(x, layers)
      : layers.reduce<Tensor>((h, { w, b, activation: of }) => ops.dense(h, w, b, of), x);
    return ops.sum(ops.mul(y, y));
  }, variables);
  const results = [value, ...variables.map(({ name }) => grads[name]!)];
  const values = await Promise.all(results.map((result) => result.data()));
  ops.dispose([x, ...results, ...variables]);
  return values as Float32Array[];
}

// Layers one by one keep their outputs in float32; in one call they are bfloat16 in between where that changes nothing.
it.each(['linear', 'relu', 'leakyRelu'] as const)(
  'what layers in a row keep for their gradients changes no bit: %s',
  async (activation) => {
    for (const network of networks) {
      const results = await onEveryWay((backend) => gradientsOf(backend, network, activation, true));
      const apart = await onEveryWay((backend) => gradientsOf(backend, network, activation, false));
      for (const [way, result] of results) expect(result, `${network.widths}, ${way}`).toEqual(apart.get(way));
      // Sums of columns run in as many lanes as a vector has, so each set has bits of its own.
      for (const kernels of loadable)
        expectSameBits(new Map([...results].filter(([way]) => way.startsWith(`${kernels},`))));
    }
  },
);

it.each(loadable)('layers in a row keep half of the bytes: %s', async (kernels) => {
  const held = async (precision: CpuBackend['precision'], activation: Activation): Promise<number> => {
    const backend = await createCpuBackend({ kernels, threads: 1, precision });
    const { ops } = backend;
    const running = (findBackend('nt-cpu') as NtCpuBackend).heap;
    const [x, initial, b] = [ops.zeros([256, 63]), ops.zeros([63, 63]), ops.zeros([63])];
    const w = ops.variable(initial, { name: 'w' });
    const layer = { w, b, activation };
    let bytes = 0;
    // Twice: the first time, weights are moved into the heap as well.
    for (let i = 0; i < 2; i++)
      ops.variableGrads(() => {
        const before = running.bytesInUse;
        const y = ops.mlp(x, [layer, layer, layer]);
        bytes = running.bytesInUse - before;
        return ops.sum(y);
      }, [w]);
    await backend.dispose();
    return bytes;
  };
  const [wide, narrow] = [await held('float32', 'relu'), await held('mixed-bfloat16', 'relu')];
  expect(await held('mixed-bfloat16', 'sigmoid')).toBe(wide);
  expect(narrow / wide).toBeLessThan(0.7);
});
