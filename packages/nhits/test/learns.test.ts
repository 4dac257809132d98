import { createCpuBackend } from '@nt/backend-cpu';
import { adam, createOptimizer } from '@nt/optim';
import type { Backend, Tensor } from '@nt/tensor';
import { mae, mse } from '@nt/trainer/losses';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createNhits, type NhitsModel, type NhitsOptions } from '../src/index.ts';

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend({ threads: 1 })) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

/** Mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

interface Batch {
  readonly input: Tensor;
  readonly target: Tensor;
}

/** @returns the loss of the first update and of the last */
async function train(
  model: NhitsModel<Tensor>,
  loss: typeof mae,
  updates: number,
  next: (update: number) => Batch,
): Promise<[number, number]> {
  const { ops } = backend;
  // Half a cosine, from 3e-3 to next to nothing.
  const learningRate = (done: number): number => 3e-3 * (0.5 + 0.5 * Math.cos((Math.PI * done) / updates)) + 1e-6;
  const optimizer = createOptimizer({ ops, parameters: model.parameters, transform: adam({ learningRate }) });
  const seen: number[] = [];
  for (let update = 0; update < updates; update++) {
    const { input, target } = next(update);
    const run = { training: true, random: { seed: 1, counter: update } };
    const { value, grads } = ops.variableGrads(
      () => loss(ops, model.forward({ input }, run), target, {}),
      [...model.parameters.values()],
    );
    optimizer.apply(grads);
    if (update === 0 || update === updates - 1) seen.push((await value.data())[0]!);
    ops.dispose([value, ...Object.values(grads)]);
  }
  optimizer.dispose();
  return seen as [number, number];
}

it.each([
  { windowNormalization: 'none' },
  { windowNormalization: 'standard', linearSkip: { trained: true } },
] satisfies Partial<NhitsOptions>[])(
  '%j: learns one batch of 32 by heart in 500 updates',
  async (options) => {
    const [inputSize, horizon] = [24, 6];
    const model = createNhits(backend.ops, { inputSize, horizon, hiddenSize: 32, ...options });
    const random = randomNumbers(5);
    const noise = (length: number): Tensor =>
      backend.ops.tensor(
        Array.from({ length: 32 * length }, () => gaussian(random)),
        [32, length],
      );
    const batch = { input: noise(inputSize), target: noise(horizon) };
    const [first, last] = await train(model, mse, 500, () => batch);
    expect(last / first).toBeLessThan(0.01);
    model.dispose();
  },
  120_000,
);

/** Periods of a day and of almost a week, a trend, noise of 5 % of the deviation of all that. */
function syntheticSeries(length: number): Float64Array {
  const random = randomNumbers(11);
  const clean = Float64Array.from(
    { length },
    (_, t) => 10 + 5e-4 * t + 3 * Math.sin((2 * Math.PI * t) / 24) + 2 * Math.sin((2 * Math.PI * t) / 167.3),
  );
  const mean = clean.reduce((a, b) => a + b) / length;
  const deviation = Math.sqrt(clean.reduce((sum, y) => sum + (y - mean) ** 2, 0) / length);
  return clean.map((y) => y + 0.05 * deviation * gaussian(random));
}

it('two periods, trend and noise: a fifth of seasonal naive’s error', async () => {
  const [inputSize, horizon, length, trained, batchSize] = [168, 24, 3000, 2400, 32];
  const series = syntheticSeries(length);
  const scaled = series.map((y) => (y - 10) / 3);
  const { ops } = backend;
  const options = { inputSize, horizon, hiddenSize: 64, windowNormalization: 'standard' } as const;
  const model = createNhits(ops, options);
  const random = randomNumbers(3);
  const batchAt = (starts: readonly number[]): Batch => ({
    input: ops.tensor(
      starts.flatMap((s) => [...scaled.subarray(s, s + inputSize)]),
      [starts.length, inputSize],
    ),
    target: ops.tensor(
      starts.flatMap((s) => [...scaled.subarray(s + inputSize, s + inputSize + horizon)]),
      [starts.length, horizon],
    ),
  });
  const draw = (): number => Math.floor(random() * (trained - inputSize - horizon + 1));
  await train(model, mae, 800, () => batchAt(Array.from({ length: batchSize }, draw)));
  const starts = Array.from({ length: length - trained - horizon + 1 }, (_, i) => trained - inputSize + i);
  const { input } = batchAt(starts);
  const run = { training: false, random: { seed: 1, counter: 0 } };
  const forecast = await ops.tidy(() => model.forward({ input }, run)).data();
  let [ours, naive] = [0, 0];
  starts.forEach((start, row) => {
    for (let t = 0; t < horizon; t++) {
      const [at, truth] = [start + inputSize + t, series[start + inputSize + t]!];
      ours += Math.abs(forecast[row * horizon + t]! * 3 + 10 - truth);
      naive += Math.abs(series[at - 24]! - truth);
    }
  });
  expect(ours / naive).toBeLessThan(1 / 5);
  model.dispose();
}, 120_000);
