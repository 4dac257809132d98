import { type CpuBackend, createCpuBackend } from '@nt/backend-cpu';
import { type DenseLayer, uniformValues, type Variable } from '@nt/tensor';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadable } from './engines.ts';
import { reorderedSums } from './tolerances.ts';

type Layers = readonly DenseLayer<tf.Tensor>[];

/** Three layers, the first without activation, so wide that many rows pay for the product of the first two. */
const widths = [3, 128, 128, 2];
const [many, few] = [300, 3];

/** An engine with the layers' variables and an input of `rows` rows, which is one, too. */
async function setUp(kernels: (typeof loadable)[number], rows: number) {
  const backend = (await createCpuBackend({ kernels, threads: 2, poisonFreedMemory: true })) as CpuBackend;
  onTestFinished(() => backend.dispose());
  const { ops } = backend;
  let drawn = 0;
  const variable = (shape: number[], scale: number): Variable<tf.Tensor> => {
    const count = shape.reduce((a, b) => a * b, 1);
    const values = uniformValues(count, { seed: 5, counter: drawn++ }).map((u) => (2 * u - 1) * scale);
    return ops.variable(ops.tensor(values, shape), { name: `v${drawn}` }) as Variable<tf.Tensor>;
  };
  const layers = widths.slice(1).map((outputs, i): DenseLayer<tf.Tensor> => {
    const inputs = widths[i]!;
    const [w, b] = [variable([inputs, outputs], 1 / Math.sqrt(inputs)), variable([outputs], 0.5)];
    return { w: w as never, b: b as never, activation: i === 1 ? 'relu' : 'linear' };
  });
  const x = variable([rows, widths[0]!], 1);
  const variables = [x, ...layers.flatMap(({ w, b }) => [w, b] as never[])] as Variable<tf.Tensor>[];
  const gradients = (forward: (x: tf.Tensor) => tf.Tensor): Float32Array[] => {
    const { value, grads } = ops.variableGrads(() => {
      const y = forward(x as never);
      return ops.sum(ops.mul(y, y));
    }, variables);
    const arrays = variables.map(({ name }) => grads[name]!.dataSync() as Float32Array);
    ops.dispose([value, ...Object.values(grads)]);
    return arrays;
  };
  return { ops, layers, x: x as never as tf.Tensor, gradients };
}

const largest = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe.each(loadable)('%s', (kernels) => {
  it('many rows: the gradients are those of one layer after the other', async () => {
    const { ops, layers, gradients } = await setUp(kernels, many);
    const oneByOne = (x: tf.Tensor): tf.Tensor =>
      layers.reduce((h, { w, b, activation }) => ops.dense(h, w, b, activation), x);
    const expected = gradients(oneByOne);
    for (const [i, found] of gradients((x) => ops.mlp(x, layers)).entries()) {
      const difference = largest(found.map((value, j) => value - expected[i]![j]!));
      expect(difference / largest(expected[i]!), `variable ${i}`).toBeLessThan(reorderedSums);
    }
  });

  it('many rows: recomputed for the backward pass they have the same bits', async () => {
    const { ops, layers, gradients } = await setUp(kernels, many);
    const run = (x: tf.Tensor, weights: Layers): tf.Tensor => ops.mlp(x, weights);
    const recomputed = (x: tf.Tensor): tf.Tensor =>
      ops.recompute((input, ...rest) =>
        run(
          input!,
          layers.map(({ activation }, i) => ({ w: rest[2 * i]!, b: rest[2 * i + 1]!, activation })),
        ),
      )(x, ...layers.flatMap(({ w, b }) => [w, b]));
    expect(gradients(recomputed)).toEqual(gradients((x) => run(x, layers)));
  });

  it.each([
    { what: 'many rows are multiplied by the product of two layers for gradients', rows: many, isForecast: false },
    { what: 'few are not', rows: few, isForecast: false },
    { what: 'nor are those of a forecast, whose bits are the same among many and few', rows: many, isForecast: true },
  ])('$what', async ({ rows, isForecast }) => {
    const { ops, layers, gradients, x } = await setUp(kernels, rows);
    const forecast = (): void => ops.dispose(ops.tidy(() => ops.mlp(x, layers)));
    const learn = (): Float32Array[] => gradients((input) => ops.mlp(input, layers));
    const { kernelNames } = await tf.profile(() => void (isForecast ? forecast() : learn()));
    expect(kernelNames.includes('Concat')).toBe(rows === many && !isForecast);
    expect(kernelNames).toContain('NtMlp');
  });
});
