// The product's own update: `NhitsForecaster.fit` through @nt/trainer, windows gathered from US births. Speaks the
// protocol of packages/backend-cpu/bench/answer-lines.ts. Arguments: kernel set (or `nt-cpu`), threads, batch, width.
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type CpuEngineOptions, createCpuBackend } from '@nt/backend-cpu';
import { readTable } from '@nt/data/node';
import { NhitsForecaster } from '@nt/forecast';
import type { TrainEvent } from '@nt/trainer';

const [kernels, threads, batch, width = '512'] = process.argv.slice(2) as [string, string, string, string?];
/** In a repetition: the engine runs ahead, so that a single update's end tells little. */
const updatesPerRepetition = 5;

interface Sample {
  readonly milliseconds: number;
  readonly cpu: number;
}

try {
  const options: CpuEngineOptions = { threads: Number(threads) };
  const backend = await createCpuBackend(
    kernels === 'nt-cpu' ? options : { ...options, kernels: kernels as NonNullable<CpuEngineOptions['kernels']> },
  );
  const set = await readTable(fileURLToPath(new URL('../examples/us-births.csv', import.meta.url)), {
    target: 'births',
  });
  const { kernelSet } = await backend.describe();
  let parameters = 0;

  /** Trains a fresh network for about so many milliseconds; the end of an epoch belongs to no repetition. */
  const train = async (milliseconds: number): Promise<Sample[]> => {
    const samples: Sample[] = [];
    const stop = new AbortController();
    let [updates, start, cpu, until] = [0, 0, process.cpuUsage(), Number.POSITIVE_INFINITY];
    const onEvent = (event: TrainEvent): void => {
      if (event.type === 'run-start') parameters = event.numParameters;
      if (event.type === 'epoch-start') updates = -2;
      if (event.type !== 'update-end') return;
      updates += 1;
      if (until === Number.POSITIVE_INFINITY) until = performance.now() + milliseconds;
      if (updates === updatesPerRepetition) {
        const { user, system } = process.cpuUsage(cpu);
        const wall = performance.now() - start;
        samples.push({ milliseconds: wall / updates, cpu: (user + system) / 1000 / updates });
        if (performance.now() > until) stop.abort();
        updates = 0;
      }
      if (updates === 0) [start, cpu] = [performance.now(), process.cpuUsage()];
    };
    const recipe = new NhitsForecaster(backend, {
      horizon: 24,
      inputSize: 168,
      model: { hiddenSize: Number(width) },
    });
    const plan = recipe.plan(set, {
      optimizer: 'adam',
      batchSize: Number(batch),
      maxEpochs: 1_000_000,
      validation: 0,
      patience: 0,
      schedule: 'constant',
    });
    const { forecaster } = await recipe.fit(plan, { signal: stop.signal, onEvent });
    forecaster.dispose();
    return samples;
  };

  await train(1);
  createInterface({ input: process.stdin }).on('line', async (line) => {
    process.stdout.write(`${JSON.stringify(await train(Number(line)))}\n`);
  });
  process.stdout.write(`ready ${JSON.stringify({ kernelSet, parameters })}\n`);
} catch (error) {
  process.stdout.write(`cannot ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}\n`);
}
