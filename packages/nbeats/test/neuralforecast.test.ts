import { adam, chain, clipByGlobalNorm, createOptimizer } from '@nt/optim';
import type { Backend, NetworkOps, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import {
  huber,
  type Loss,
  mae,
  mse,
  multiQuantileLoss,
  negativeBinomialLoss,
  normalLoss,
  studentTLoss,
} from '@nt/trainer/losses';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { planBlocks } from '../src/block-plan.ts';
import { createNbeats, type NbeatsConfig } from '../src/index.ts';
import { fromNeuralforecast } from '../src/neuralforecast/index.ts';
import { rowsInFile } from '../src/neuralforecast/network-weights.ts';
import { asExpected, type Expected, readCase, savedCases, windowOf } from './saved-cases.ts';
import { stockCpu } from './stock-cpu.ts';
import { tolerances } from './tolerances.ts';

let stock: Backend<Tensor>;
beforeAll(async () => {
  stock = await stockCpu();
});
afterAll(() => stock.dispose());

const run = { training: false, random: { seed: 1, counter: 0 } };

async function forecastOf<T extends Tensor>({ ops }: Backend<T>, name: string): Promise<number[][][]> {
  const { files, expected } = readCase(name);
  const { options, weights, horizon } = fromNeuralforecast(files);
  const model = createNbeats(ops, options, { weightsFollow: true });
  model.loadWeights(weights);
  const forecast = ops.tidy(() => model.forward(windowOf(ops, expected), run));
  const values = Array.from(await forecast.data());
  ops.dispose(forecast);
  model.dispose();
  return expected.output.map((_, row) =>
    Array.from({ length: horizon }, (_, t) => {
      const at = (row * horizon + t) * options.outputs;
      return asExpected(expected, values.slice(at, at + options.outputs));
    }),
  );
}

describe.each(savedCases)('%s', (name) => {
  const { files, expected } = readCase(name);

  it.each([
    ['float64', () => createReferenceBackend() as unknown as Backend<Tensor>],
    ['float32', () => stock],
  ])('forecasts as in Python, %s', async (_, backend) => {
    const forecast = (await forecastOf(backend(), name)).flat(2);
    const wanted = expected.output.flat(2);
    const scale = Math.max(1, ...wanted.map(Math.abs));
    expect(forecast).toHaveLength(wanted.length);
    forecast.forEach((value, i) => {
      expect(Math.abs(value - wanted[i]!) / scale, `${i}: ${value}, ${wanted[i]}`).toBeLessThan(tolerances.forward);
    });
  });

  it('trains as in Python: loss, first gradients, 20 clipped Adam updates', async () => {
    const { ops } = stock;
    const { options, weights } = fromNeuralforecast(files);
    const model = createNbeats(ops, options, { start: weights });
    onTestFinished(() => model.dispose());
    const window = windowOf(ops, expected);
    const target = ops.tensor(expected.target.flat(), [expected.target.length, options.horizon]);
    const parameters = [...model.parameters.values()];
    const transform = chain(clipByGlobalNorm(1), adam({ learningRate: 1e-3 }));
    const optimizer = createOptimizer({ ops, parameters: model.parameters, transform });
    const loss = lossOf(expected);
    for (const [update, wanted] of expected.training.lossBeforeUpdate.entries()) {
      const { value, grads } = ops.variableGrads(
        () => loss(ops, positive(ops, expected, model.forward(window, run)), target, {}),
        parameters,
      );
      const limit = update === 0 ? tolerances.gradient : tolerances.trajectory;
      expect(Math.abs((await value.data())[0]! / wanted - 1), `loss ${update}`).toBeLessThan(limit);
      if (update === 0) await compareGradients(expected, grads, options);
      optimizer.apply(grads);
      ops.dispose([value, ...Object.values(grads)]);
    }
    optimizer.dispose();
  });

  it('falls apart into parts that add up to the forecast', async () => {
    const { options, weights } = fromNeuralforecast(files);
    const model = createNbeats(stock.ops, options, { start: weights });
    onTestFinished(() => model.dispose());
    const window = windowOf(stock.ops, expected);
    const parts = await Promise.all(model.decompose(window).map(({ forecast }) => forecast.data()));
    const sum = Float32Array.from(Array.from(parts[0]!));
    for (const part of parts.slice(1)) for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + part[i]!;
    const forecast = Array.from(await model.forward(window, run).data());
    const isSum = options.scaleDecouple === 'none' && options.windowNormalization !== 'invariant';
    if (isSum) expect([...sum]).toEqual(forecast);
    const largest = Math.max(...forecast.map(Math.abs));
    for (const [i, value] of forecast.entries())
      expect(Math.abs(sum[i]! - value) / largest).toBeLessThan(tolerances.forward);
  });
});

async function compareGradients(
  { training, quantiles }: Expected,
  grads: Readonly<Record<string, Tensor>>,
  options: NbeatsConfig,
): Promise<void> {
  expect(Object.keys(grads).sort()).toEqual(Object.keys(training.firstGradients).sort());
  // A distribution has quantiles, too, but no outputs for them.
  const hasQuantiles = quantiles !== null && options.scaleDecouple === 'none';
  const order = hasQuantiles && [...quantiles.keys()].sort((a, b) => quantiles[a]! - quantiles[b]!);
  for (const [name, gradient] of Object.entries(grads)) {
    const values = await gradient.data();
    const [inputs, outputs] = gradient.shape.length === 2 ? (gradient.shape as [number, number]) : [1, values.length];
    const block = planBlocks(options).find(({ layers }) => name.startsWith(`${layers.at(-1)!.name}.`));
    const rows = order && block && rowsInFile(options, block, order);
    training.firstGradients[name]!.forEach((wanted, k) => {
      const row = Math.floor(k / inputs);
      const ours = values[(k % inputs) * outputs + (rows ? rows.indexOf(row) : row)]!;
      expect(Math.abs(ours - wanted) / training.largestGradient, `${name} ${k}`).toBeLessThan(tolerances.gradient);
    });
    const norm = Math.sqrt(Array.from(values).reduce((sum, g) => sum + g * g, 0));
    const wantedNorm = training.gradientNorms[name]!;
    const scale = Math.max(training.largestGradient, wantedNorm);
    expect(Math.abs(norm - wantedNorm) / scale, name).toBeLessThan(tolerances.gradient);
  }
}

function lossOf({ loss, quantiles }: Expected): Loss {
  const losses: Record<string, () => Loss> = {
    mae: () => mae,
    mse: () => mse,
    huber: () => huber({ delta: 2 }),
    normal: normalLoss,
    student: studentTLoss,
    negbin: negativeBinomialLoss,
  };
  return losses[loss]?.() ?? multiQuantileLoss([...quantiles!].sort((a, b) => a - b));
}

/** What the head of a forecaster does: softplus of the parameters that must be positive. */
function positive(ops: NetworkOps<Tensor>, { loss }: Expected, outputs: Tensor): Tensor {
  const kinds: Record<string, readonly string[]> = {
    normal: ['free', 'positive'],
    student: ['above 3', 'free', 'positive'],
    negbin: ['positive', 'positive'],
  };
  const [batch, horizon] = outputs.shape as [number, number];
  const columns = kinds[loss]?.map((kind, k) => {
    const column = ops.slice(outputs, [0, 0, k], [batch, horizon, 1]);
    if (kind === 'free') return column;
    return kind === 'positive' ? ops.softplus(column) : ops.add(ops.softplus(column), ops.tensor([3], []));
  });
  return columns ? ops.concat(columns, 2) : outputs;
}
