import '@tensorflow/tfjs-backend-cpu';
import type { Backend, Tensor } from '@nt/tensor';
import { createTfjsBackend } from '@nt/tensor/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNhits, type NhitsModel } from '../src/index.ts';
import { goldenNames, goldenWindow, readGolden } from './golden-nhits.ts';
import { tolerances } from './tolerances.ts';

const run = { training: false, random: { seed: 1, counter: 0 } };

let backend: Backend<Tensor>;
beforeAll(async () => {
  const describeEngine = () =>
    ({ engine: 'tfjs-backend-cpu', device: 'cpu', kernelSet: 'js', floatWidth: 32, limitations: [] }) as const;
  const tfjs = await createTfjsBackend({ name: 'cpu', tfjsName: 'cpu', describe: describeEngine });
  backend = tfjs as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

describe.each(goldenNames)('%s', (name) => {
  const { golden, weights, options } = readGolden(name);
  const withModel = async <Result>(use: (model: NhitsModel<Tensor>) => Promise<Result>): Promise<Result> => {
    const model = createNhits(backend.ops, options);
    model.loadWeights(weights);
    const result = await use(model);
    model.dispose();
    return result;
  };
  const decomposed = (model: NhitsModel<Tensor>) =>
    backend.ops.tidy(() => model.decompose(goldenWindow(backend.ops, golden)));

  it('adds up to the forecast, to the last bit of float32', async () => {
    await withModel(async (model) => {
      const parts = decomposed(model);
      const forecast = backend.ops.tidy(() => model.forward(goldenWindow(backend.ops, golden), run));
      const values = await Promise.all(parts.map(({ forecast: part }) => part.data()));
      const sum = Float32Array.from(Array.from(values[0]!));
      for (const part of values.slice(1)) for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + part[i]!;
      expect([...sum]).toEqual(Array.from(await forecast.data()));
      for (const { forecast: part } of parts) expect(part.shape).toEqual(forecast.shape);
      backend.ops.dispose([forecast, ...parts.map(({ forecast: part }) => part)]);
    });
    expect(backend.memory().tensors).toBe(0);
  });

  it('says to which stack each part belongs', async () => {
    const stacks = await withModel(async (model) => {
      const parts = decomposed(model);
      for (const { forecast } of parts) forecast.dispose();
      return parts.map(({ stack }) => stack);
    });
    const expected = (options.nBlocks ?? []).flatMap((count, stack) => new Array<number>(count).fill(stack));
    expect(stacks).toEqual([null, ...expected]);
  });
});

it.each(goldenNames.filter((name) => readGolden(name).golden.decomposition_first_window))(
  "%s equals neuralforecast's own decomposition, part by part",
  async (name) => {
    const { golden, weights, options } = readGolden(name);
    const model = createNhits(backend.ops, options);
    model.loadWeights(weights);
    const parts = backend.ops.tidy(() => model.decompose(goldenWindow(backend.ops, golden)));
    const expected = golden.decomposition_first_window!;
    expect(parts).toHaveLength(expected.length);
    for (const [i, { forecast }] of parts.entries()) {
      const values = await forecast.data();
      for (const [t, value] of expected[i]!.entries())
        expect(Math.abs(values[t]! - value)).toBeLessThan(tolerances.float32Forward);
      forecast.dispose();
    }
    model.dispose();
  },
);
