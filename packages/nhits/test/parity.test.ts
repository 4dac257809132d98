import '@tensorflow/tfjs-backend-cpu';
import type { Backend, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { createTfjsBackend } from '@nt/tensor/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNhits } from '../src/index.ts';
import { goldenLoss, goldenNames, goldenWindow, readGolden } from './golden-nhits.ts';
import { tolerances } from './tolerances.ts';

const run = { training: false, random: { seed: 1, counter: 0 } };

function furthest(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(value - actual[i]!)));
}

async function forward<T extends Tensor>(backend: Backend<T>, name: string): Promise<ArrayLike<number>> {
  const { golden, weights, options } = readGolden(name);
  const model = createNhits(backend.ops, options);
  model.loadWeights(weights);
  const output = backend.ops.tidy(() => model.forward(goldenWindow(backend.ops, golden), run));
  const values = await output.data();
  backend.ops.dispose(output);
  model.dispose();
  return values;
}

describe.each(goldenNames)('%s', (name) => {
  const reference = createReferenceBackend();

  it('has the parameters of neuralforecast, by name and number', async () => {
    const { golden, weights, options } = readGolden(name);
    const model = createNhits(reference.ops, options);
    expect(model.numParameters).toBe(golden.parameters);
    const network = Object.keys(weights).filter((key) => key.startsWith('blocks.'));
    expect(Object.keys(await model.saveWeights()).sort()).toEqual(network.sort());
    model.dispose();
  });

  it('equals the float64 forward pass of neuralforecast on the reference', async () => {
    const expected = readGolden(name).golden.output_float64.flat(Infinity) as number[];
    const { referenceForward, referenceForwardCubic } = tolerances;
    const isCubic = readGolden(name).options.interpolationMode === 'cubic';
    const tolerance = isCubic ? referenceForwardCubic : referenceForward;
    expect(furthest(await forward(reference, name), expected)).toBeLessThan(tolerance);
  });

  it('saves the weights that it loaded, bit for bit', async () => {
    const { weights, options } = readGolden(name);
    const model = createNhits(reference.ops, options);
    model.loadWeights(weights);
    const saved = await model.saveWeights();
    for (const [key, array] of Object.entries(weights).filter(([name]) => name.startsWith('blocks.'))) {
      expect(saved[key]!.shape, key).toEqual(array.shape);
      expect(Array.from(saved[key]!.data), key).toEqual(Array.from(array.data));
    }
    model.dispose();
    expect(reference.memory().tensors).toBe(0);
  });
});

describe('on the stock cpu engine', () => {
  let backend: Backend<Tensor>;
  beforeAll(async () => {
    const describeEngine = () =>
      ({ engine: 'tfjs-backend-cpu', device: 'cpu', kernelSet: 'js', floatWidth: 32, limitations: [] }) as const;
    backend = (await createTfjsBackend({
      name: 'cpu',
      tfjsName: 'cpu',
      describe: describeEngine,
    })) as unknown as Backend<Tensor>;
  });
  afterAll(() => backend.dispose());

  it.each(goldenNames)('%s: forward equals neuralforecast to 1e-5', async (name) => {
    const expected = readGolden(name).golden.output_float64.flat(Infinity) as number[];
    const scale = Math.max(1, ...expected.map(Math.abs));
    expect(furthest(await forward(backend, name), expected) / scale).toBeLessThan(tolerances.float32Forward);
  });

  it.each(goldenNames)('%s: loss and gradients equal PyTorch', async (name) => {
    const { golden, weights, options } = readGolden(name);
    const { ops } = backend;
    const model = createNhits(ops, options);
    model.loadWeights(weights);
    const before = backend.memory().tensors;
    const target = ops.tensor(golden.target.flat(), [8, options.horizon, 1]);
    const window = goldenWindow(ops, golden);
    const { value, grads } = ops.variableGrads(
      () => goldenLoss(ops, golden, model.forward(window, run), target),
      [...model.parameters.values()],
    );
    const { value: loss, grad_norm: norms, grad_first6: firsts } = golden.loss;
    expect(Math.abs((await value.data())[0]! / loss - 1)).toBeLessThan(tolerances.float32Gradient);
    expect(Object.keys(grads).sort()).toEqual(Object.keys(norms).sort());
    const largest = Math.max(...Object.values(firsts).flat().map(Math.abs));
    for (const [key, gradient] of Object.entries(grads)) {
      const actual = await gradient.data();
      const [inputs, outputs] = gradient.shape.length === 2 ? (gradient.shape as [number, number]) : [1, actual.length];
      firsts[key]!.forEach((wanted, k) => {
        const ours = actual[(k % inputs) * outputs + Math.floor(k / inputs)]!;
        expect(Math.abs(ours - wanted), `${key} ${k}`).toBeLessThan(tolerances.float32Gradient * largest);
      });
      const ours = Math.sqrt(Array.from(actual).reduce((total, g) => total + g * g, 0));
      expect(Math.abs(ours - norms[key]!), key).toBeLessThan(tolerances.float32Gradient * Math.max(1, norms[key]!));
    }
    ops.dispose([value, target, ...Object.values(grads), ...(Object.values(window) as Tensor[])]);
    expect(backend.memory().tensors).toBe(before);
    model.dispose();
  });
});
