import { existsSync, readFileSync } from 'node:fs';
import { createCpuBackend } from '@nt/backend-cpu';
import { type SeriesSet, seriesFromArrays } from '@nt/data';
import { createNhits } from '@nt/nhits';
import { type Backend, type NetworkOps, type Tensor, uniformValues } from '@nt/tensor';
import { createMixedReference } from '@nt/trainer/precision';
import { expect, it, onTestFinished } from 'vitest';
import { NhitsForecaster } from '../src/index.ts';
import { planAndFit } from './fit-quickly.ts';
import { tolerances } from './tolerances.ts';

const long = process.env['NT_LONG'] === '1';
const births = new URL('../../../apps/cli/examples/us-births.csv', import.meta.url);

/** Gradients of a squared error of a small network, by name. */
async function gradients<T extends Tensor>({ ops }: Pick<Backend<T>, 'ops'>): Promise<Record<string, number[]>> {
  const [inputSize, horizon, batch] = [8, 4, 5];
  const model = createNhits<T>(ops as NetworkOps<T>, {
    inputSize,
    horizon,
    hiddenSize: 3,
    nBlocks: [1],
    nPoolKernelSize: [2],
    nFreqDownsample: [2],
  });
  const draw = (columns: number, seed: number): T =>
    ops.tensor(
      Array.from(uniformValues(batch * columns, { seed, counter: 0 }), (u) => 2 * u - 1),
      [batch, columns],
    );
  const [input, target] = [draw(inputSize, 1), draw(horizon, 2)];
  const loss = (): T => {
    const forecast = model.forward({ input }, { training: false, random: { seed: 1, counter: 0 } });
    const off = ops.sub(ops.reshape(forecast, [batch, horizon]), target);
    return ops.sum(ops.mul(off, off));
  };
  const { value, grads } = ops.variableGrads(loss, [...model.parameters.values()]);
  const all: Record<string, number[]> = {};
  for (const [name, gradient] of Object.entries(grads)) all[name] = Array.from(await gradient.data());
  ops.dispose([value, input, target, ...Object.values(grads)]);
  model.dispose();
  return all;
}

const largest = (values: readonly number[]): number => values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
const apart = (a: Record<string, number[]>, b: Record<string, number[]>): number =>
  Math.max(...Object.keys(b).map((name) => largest(b[name]!.map((x, i) => x - a[name]![i]!)) / largest(b[name]!)));

it('gradients of the CPU engine are those of the reference in mixed-bfloat16, and not those of float32', async () => {
  const reference = createMixedReference('mixed-bfloat16');
  const expected = await gradients(reference);
  const found: Record<string, Record<string, number[]>> = {};
  for (const precision of ['mixed-bfloat16', 'float32'] as const) {
    const backend = await createCpuBackend({ precision });
    found[precision] = await gradients(backend as never);
    await backend.dispose();
  }
  await reference.dispose();
  expect(apart(found['mixed-bfloat16']!, expected)).toBeLessThan(tolerances.bfloat16Gradients);
  expect(apart(found['mixed-bfloat16']!, found['float32']!)).toBeGreaterThan(1e-4);
});

const series = (): SeriesSet => {
  const rows = readFileSync(births, 'utf8').trim().split('\n').slice(1);
  const values = rows.map((row) => Number(row.split(',')[1]));
  return seriesFromArrays([{ id: 'births', values, start: '1969-01-01' }], { frequency: 'day', target: 'births' });
};

/** Only in a checkout of the whole repository is the file there. */
it.runIf(existsSync(births))(
  'US births: as many updates in mixed-bfloat16 end at the loss of float32',
  { timeout: long ? 3_600_000 : 120_000 },
  async () => {
    const lossIn = async (precision: 'float32' | 'mixed-bfloat16'): Promise<number> => {
      const backend = await createCpuBackend({ precision });
      onTestFinished(() => backend.dispose());
      const recipe = new NhitsForecaster(backend as unknown as Backend<Tensor>, {
        horizon: 28,
        inputSize: 112,
        model: { hiddenSize: long ? 512 : 64 },
      });
      let loss = Number.NaN;
      const { forecaster } = await planAndFit(recipe, series(), {
        maxUpdates: long ? 1000 : 200,
        batchSize: 64,
        learningRate: 1e-3,
        patience: 0,
        precision,
        onEvent(event) {
          if (event.type === 'validation-end') loss = Object.values(event.metrics)[0]!;
        },
      });
      forecaster.dispose();
      await backend.dispose();
      return loss;
    };
    const [wide, narrow] = [await lossIn('float32'), await lossIn('mixed-bfloat16')];
    console.log(`validation loss after ${long ? 1000 : 200} updates: float32 ${wide}, mixed-bfloat16 ${narrow}`);
    expect(narrow).not.toBe(wide);
    expect(Math.abs(narrow / wide - 1)).toBeLessThan(tolerances.bfloat16Loss);
  },
);
