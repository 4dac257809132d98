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
  rmse,
  studentTLoss,
} from '@nt/trainer/losses';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createNhits } from '../src/index.ts';
import { fromNeuralforecast } from '../src/neuralforecast/index.ts';
import { nameInFile } from '../src/neuralforecast/network-weights.ts';
import { asExpected, type Expected, readCase, savedCases, windowOf } from './saved-cases.ts';
import { stockCpu } from './stock-cpu.ts';
import { tolerances } from './tolerances.ts';

let stock: Backend<Tensor>;
beforeAll(async () => {
  stock = await stockCpu();
});
afterAll(() => stock.dispose());

const run = { training: false, random: { seed: 1, counter: 0 } };

async function forecastOf<T extends Tensor>(backend: Backend<T>, name: string): Promise<number[][][]> {
  const { files, expected } = readCase(name);
  const { options, weights, horizon } = fromNeuralforecast(files);
  const model = createNhits(backend.ops, options, { weightsFollow: true });
  model.loadWeights(weights);
  const forecast = backend.ops.tidy(() => model.forward(windowOf(backend.ops, expected), run));
  const values = Array.from(await forecast.data());
  backend.ops.dispose(forecast);
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
    forecast.forEach((value, i) => {
      expect(Math.abs(value - wanted[i]!) / scale, `${i}: ${value}, ${wanted[i]}`).toBeLessThan(
        tolerances.float32Forward,
      );
    });
  });

  it('trains as in Python: loss, first gradients, 20 clipped Adam updates', async () => {
    const { ops } = stock;
    const { options, weights } = fromNeuralforecast(files);
    const model = createNhits(ops, { ...options, dropoutProbTheta: 0 }, { start: weights });
    onTestFinished(() => model.dispose());
    const window = windowOf(ops, expected);
    const target = ops.tensor(expected.target.flat(), [expected.target.length, options.horizon]);
    const parameters = [...model.parameters.values()];
    const transform = chain(clipByGlobalNorm(1), adam({ learningRate: 1e-3 }));
    const optimizer = createOptimizer({ ops, parameters: model.parameters, transform });
    for (const [update, loss] of expected.training.lossBeforeUpdate.entries()) {
      const { value, grads } = ops.variableGrads(
        () => lossOf(expected)(ops, positive(ops, expected, model.forward(window, run)), target, {}),
        parameters,
      );
      expect(Math.abs((await value.data())[0]! / loss - 1), `loss ${update}`).toBeLessThan(
        update === 0 ? tolerances.float32Gradient : tolerances.trajectory,
      );
      if (update === 0) await compareGradients(expected, grads, options);
      optimizer.apply(grads);
      ops.dispose([value, ...Object.values(grads)]);
    }
    optimizer.dispose();
  });
});

const inFile = (name: string, options: { readonly dropoutProbTheta: number }): string =>
  name.startsWith('scaler.') ? name : nameInFile(name, options);

async function compareGradients(
  { training }: Expected,
  grads: Readonly<Record<string, Tensor>>,
  options: { readonly dropoutProbTheta: number },
): Promise<void> {
  const compared = Object.entries(grads).filter(([name]) => inFile(name, options) in training.firstGradients);
  expect(compared).toHaveLength(Object.keys(training.firstGradients).length);
  for (const [name, gradient] of compared) {
    const values = await gradient.data();
    const [inputs, outputs] = gradient.shape.length === 2 ? (gradient.shape as [number, number]) : [1, values.length];
    training.firstGradients[inFile(name, options)]!.forEach((wanted, k) => {
      const ours = values[(k % inputs) * outputs + Math.floor(k / inputs)]!;
      expect(Math.abs(ours - wanted) / training.largestGradient, `${name} ${k}`).toBeLessThan(
        tolerances.float32Gradient,
      );
    });
    const norm = Math.sqrt(Array.from(values).reduce((sum, g) => sum + g * g, 0));
    const wantedNorm = training.gradientNorms[inFile(name, options)]!;
    expect(Math.abs(norm - wantedNorm) / Math.max(training.largestGradient, wantedNorm), name).toBeLessThan(
      tolerances.float32Gradient,
    );
  }
}

function lossOf({ loss, quantiles }: Expected): Loss {
  const losses: Record<string, () => Loss> = {
    mae: () => mae,
    mse: () => mse,
    rmse: () => rmse,
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
