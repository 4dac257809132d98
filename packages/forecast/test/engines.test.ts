import { createCpuBackend } from '@nt/backend-cpu';
import type { Backend, Tensor } from '@nt/tensor';
import { jsonLinesLogger, memoryLogger } from '@nt/trainer';
import { createMixedReference } from '@nt/trainer/precision';
import { memoryStorage } from '@nt/trainer/storage/memory';
import { describe, expect, it } from 'vitest';
import { NhitsForecaster, type NhitsForecasterOptions } from '../src/index.ts';
import { type FitEverything, planAndFit, weightsOf } from './fit-quickly.ts';
import { madeSeries } from './made-series.ts';

type MakeEngine = () => Promise<Backend<Tensor>>;
const cpu =
  (kernels: 'wasm' | 'js', threads = 1): MakeEngine =>
  async () =>
    (await createCpuBackend({ kernels, threads })) as unknown as Backend<Tensor>;
const mixed: MakeEngine = async () => createMixedReference('mixed-float16') as unknown as Backend<Tensor>;

/** Small, with everything that holds tensors or weights: dropout, averages, slow weights, accumulation, both clips. */
const network: NhitsForecasterOptions = {
  horizon: 2,
  inputSize: 4,
  model: {
    variant: 'paper',
    hiddenSize: 2,
    nBlocks: [1],
    nPoolKernelSize: [1],
    nFreqDownsample: [1],
    dropoutProbTheta: 0.3,
  },
};
const everything: FitEverything = {
  lookahead: true,
  averaging: 'ema',
  accumulate: 2,
  gradientClipNorm: 0.5,
  gradientClipValue: 0.1,
  augment: ['jitter', 'mixup'],
  nanPolicy: 'skip',
  patience: 0,
  batchSize: 5,
};

const updatesPerEpoch = 20;

/** Tensors and bytes of the engine seen at each type of event of a run from the update `steady` on. */
async function countTensors(backend: Backend<Tensor>, epochs: number, steady: number) {
  const forecaster = new NhitsForecaster(backend, network);
  const counts = new Map<string, Set<string>>();
  let updates = 0;
  const { forecaster: fitted } = await planAndFit(forecaster, madeSeries(115), {
    ...everything,
    maxEpochs: epochs,
    checkpoints: memoryStorage(),
    checkpointEvery: 70,
    logEvery: 7,
    loggers: [memoryLogger(), jsonLinesLogger({ write() {} })],
    onEvent(event) {
      if (event.type === 'run-start' || event.type === 'run-end') return;
      if ('update' in event && event.update < steady) return;
      if (event.type === 'update-end') updates = event.update;
      const { tensors, bytes } = backend.memory();
      counts.set(event.type, (counts.get(event.type) ?? new Set()).add(`${tensors} tensors, ${bytes} bytes`));
    },
  });
  fitted.dispose();
  return { updates, counts };
}

describe.each([
  // Steady state begins when every kind of call has been recorded twice; validations, whose averaged weights lie elsewhere
  // each time, when twelve recordings have been in vain.
  ['nt-cpu, WebAssembly', cpu('wasm'), 2000, 16 * updatesPerEpoch],
  // Where nothing is recorded, with the first update, which makes the optimizer's state.
  ['nt-cpu, JavaScript', cpu('js'), 2000, 2],
  ['the mixed reference', mixed, 60, 2],
] as const)('on %s', (_, make, wanted, steady) => {
  it(`the tensor count is constant over ${wanted} updates with validation, checkpoints and loggers`, {
    timeout: 300_000,
  }, async () => {
    const backend = await make();
    const before = backend.memory();
    const { updates, counts } = await countTensors(backend, wanted / updatesPerEpoch, steady);
    expect(updates).toBe(wanted);
    expect([...counts.keys()]).toEqual(expect.arrayContaining(['update-end', 'validation-end', 'checkpoint-saved']));
    expect([...counts].filter(([, seen]) => seen.size > 1)).toEqual([]);
    expect(backend.memory()).toEqual(before);
    await backend.dispose();
  });
});

it('gives the same bits on one thread and on two', { timeout: 60_000 }, async () => {
  const train = async (threads: number): Promise<string> => {
    const backend = await cpu('wasm', threads)();
    expect((await backend.describe()).threads).toBe(threads);
    // Wide enough that the engine shares its products out.
    const forecaster = new NhitsForecaster(backend, {
      horizon: 24,
      inputSize: 96,
      model: { hiddenSize: 256, dropoutProbTheta: 0.1 },
    });
    const plan = { maxEpochs: 2, batchSize: 128, averaging: 'ema' } as const;
    const { forecaster: fitted } = await planAndFit(forecaster, madeSeries(400), plan);
    const weights = await weightsOf(fitted);
    const { series } = await fitted.predict(madeSeries(400));
    fitted.dispose();
    await backend.dispose();
    return `${weights} ${series.flatMap(({ values }) => [...values]).join()}`;
  };
  expect(await train(2)).toBe(await train(1));
});
