import { adam, chain, clipByGlobalNorm, createOptimizer } from '@nt/optim';
import type { Backend, NetworkOps, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createNbeats } from '../src/index.ts';
import { goldenNames, goldenWindow, readGolden } from './golden-nbeats.ts';
import { stockCpu } from './stock-cpu.ts';
import { tolerances } from './tolerances.ts';

let stock: Backend<Tensor>;
beforeAll(async () => {
  stock = await stockCpu();
});
afterAll(() => stock.dispose());

const run = { training: false, random: { seed: 1, counter: 0 } };

const engines = [
  ['float64', () => createReferenceBackend() as unknown as Backend<Tensor>],
  ['float32', () => stock],
] as const;

/** Mean absolute error for one output, mean pinball for several. */
function lossOf(
  ops: NetworkOps<Tensor>,
  forecast: Tensor,
  target: Tensor,
  quantiles: readonly number[] | null,
): Tensor {
  const error = ops.sub(target, forecast);
  const mean = (x: Tensor): Tensor => ops.mul(ops.sum(x), ops.tensor([1 / x.shape.reduce((a, b) => a * b, 1)], []));
  if (!quantiles) return mean(ops.abs(error));
  const q = ops.tensor(quantiles, [1, 1, quantiles.length]);
  return mean(ops.maximum(ops.mul(q, error), ops.mul(ops.sub(q, ops.tensor([1], [])), error)));
}

describe.each(goldenNames)('%s', (name) => {
  const { golden, weights, options } = readGolden(name);
  const expected = golden.output_float64.flat(2);
  const largest = Math.max(1, ...expected.map(Math.abs));

  it.each(engines)('forecasts as in Python, %s', async (_, make) => {
    const { ops } = make();
    const model = createNbeats(ops, options, { weightsFollow: true });
    onTestFinished(() => model.dispose());
    model.loadWeights(weights);
    expect(model.numParameters).toBe(golden.parameters);
    const forecast = await ops.tidy(() => model.forward(goldenWindow(ops, golden), run)).data();
    expect(forecast).toHaveLength(expected.length);
    expected.forEach((value, i) => {
      expect(Math.abs(forecast[i]! - value) / largest, `${i}`).toBeLessThan(tolerances.forward);
    });
  });

  it('falls apart as in Python, and the parts add up to the forecast to the last bit', async () => {
    const { ops } = stock;
    const model = createNbeats(ops, options, { weightsFollow: true });
    onTestFinished(() => model.dispose());
    model.loadWeights(weights);
    const parts = model.decompose(goldenWindow(ops, golden));
    const values = await Promise.all(parts.map(({ forecast }) => forecast.data()));
    const sum = Float32Array.from(Array.from(values[0]!));
    for (const part of values.slice(1)) for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + part[i]!;
    expect([...sum]).toEqual(Array.from(await model.forward(goldenWindow(ops, golden), run).data()));
    const types = (options.stackTypes ?? ['identity', 'trend', 'seasonality']).flatMap((type, stack) =>
      new Array<unknown>((options.nBlocks ?? [1, 1, 1])[stack]!).fill(`${type} ${stack}`),
    );
    expect(parts.map(({ type, stack }) => `${type} ${stack}`)).toEqual(['level null', ...types]);
    golden.decomposition?.forEach((blocks, row) => {
      blocks.forEach((steps, block) => {
        [steps].flat().forEach((value, t) => {
          const off = Math.abs(values[block]![row * options.horizon + t]! - value);
          expect(off / largest, `${row} ${block} ${t}`).toBeLessThan(tolerances.forward);
        });
      });
    });
  });

  it('trains as in Python: loss, first gradients, 20 clipped Adam updates', async () => {
    const { ops } = stock;
    const { training } = golden;
    const model = createNbeats(ops, options, { weightsFollow: true });
    onTestFinished(() => model.dispose());
    model.loadWeights(weights);
    const parameters = [...model.parameters.values()];
    const transform = chain(clipByGlobalNorm(1), adam({ learningRate: 1e-3 }));
    const optimizer = createOptimizer({ ops, parameters: model.parameters, transform });
    const target = ops.tensor(golden.target.flat(), [golden.target.length, options.horizon, 1]);
    const window = goldenWindow(ops, golden);
    expect([...model.parameters.keys()].sort()).toEqual(Object.keys(training.firstGradients).sort());
    for (const [update, loss] of training.lossBeforeUpdate.entries()) {
      const { value, grads } = ops.variableGrads(
        () => lossOf(ops, model.forward(window, run), target, golden.quantiles),
        parameters,
      );
      const limit = update === 0 ? tolerances.gradient : tolerances.trajectory;
      expect(Math.abs((await value.data())[0]! / loss - 1), `loss ${update}`).toBeLessThan(limit);
      if (update === 0) for (const [key, gradient] of Object.entries(grads)) await compare(golden, key, gradient);
      optimizer.apply(grads);
      ops.dispose([value, ...Object.values(grads)]);
    }
    optimizer.dispose();
  });

  it('saves what it loaded, bit for bit and under every name', async () => {
    const { ops, memory } = createReferenceBackend();
    const model = createNbeats(ops, options);
    model.loadWeights(weights);
    const saved = await model.saveWeights();
    const own = Object.keys(weights).filter((key) => key.includes('.layers.'));
    expect(Object.keys(saved).sort()).toEqual(own.sort());
    for (const key of own) expect(Array.from(saved[key]!.data), key).toEqual(Array.from(weights[key]!.data));
    model.dispose();
    expect(memory().tensors).toBe(0);
  });
});

async function compare(golden: ReturnType<typeof readGolden>['golden'], key: string, gradient: Tensor): Promise<void> {
  const { firstGradients, gradientNorms, largestGradient } = golden.training;
  const values = await gradient.data();
  const [inputs, outputs] = gradient.shape.length === 2 ? (gradient.shape as [number, number]) : [1, values.length];
  firstGradients[key]!.forEach((wanted, k) => {
    const ours = values[(k % inputs) * outputs + Math.floor(k / inputs)]!;
    expect(Math.abs(ours - wanted) / largestGradient, `${key} ${k}`).toBeLessThan(tolerances.gradient);
  });
  const norm = Math.sqrt(Array.from(values).reduce((sum, g) => sum + g * g, 0));
  expect(Math.abs(norm - gradientNorms[key]!) / Math.max(largestGradient, gradientNorms[key]!), key).toBeLessThan(
    tolerances.gradient,
  );
}
