import { fileURLToPath } from 'node:url';
import { createCpuBackend } from '@nt/backend-cpu';
import { readTable } from '@nt/data/node';
import { NhitsForecaster } from '@nt/forecast';
import type { TrainEvent } from '@nt/trainer';
import { stderrTerminal } from '../src/output/terminal.ts';
import { trainingProgress } from '../src/output/training-progress.ts';

const seconds = 20;

interface Network {
  readonly name: string;
  readonly hiddenSize: number;
  readonly batchSize: number;
  /** Updates with the bar, then as many without it, and so on in one run: what else the machine does meets both. */
  readonly block: number;
}

const networks: readonly Network[] = [
  { name: 'nt train as it comes (512 wide, 128 windows)', hiddenSize: 512, batchSize: 128, block: 3 },
  { name: 'a small network (64 wide, 32 windows)', hiddenSize: 64, batchSize: 32, block: 30 },
];

/** Processor time in ms of an update with the bar and without it, in one run. */
async function measure({ hiddenSize, batchSize, block }: Network) {
  const backend = await createCpuBackend({ threads: 1 });
  const file = fileURLToPath(new URL('../examples/us-births.csv', import.meta.url));
  const set = await readTable(file, { target: 'births' });
  const recipe = new NhitsForecaster(backend, { horizon: 24, inputSize: 168, model: { hiddenSize } });
  const show = await trainingProgress(stderrTerminal(false));
  const spent = { shown: 0, hidden: 0, updates: 0 };
  const stop = new AbortController();
  const end = performance.now() + 1000 * seconds;
  let [updates, begin] = [0, process.cpuUsage()];
  const onEvent = (event: TrainEvent): void => {
    const isShown = Math.floor(updates / block) % 2 === 0;
    if (event.type === 'run-start' || event.type === 'run-end') show(event);
    if (event.type !== 'update-end') return;
    if (isShown) show(event);
    updates += 1;
    if (updates % block !== 0) return;
    const { user, system } = process.cpuUsage(begin);
    begin = process.cpuUsage();
    // The first blocks compile. Only whole pairs count.
    if (updates > 4 * block) spent[isShown ? 'shown' : 'hidden'] += (user + system) / 1000;
    if (isShown) return;
    spent.updates = Math.max(0, updates / 2 - 2 * block);
    if (performance.now() > end) stop.abort();
  };
  const training = { maxEpochs: 1000, batchSize, validation: 0, patience: 0, schedule: 'constant' } as const;
  const { forecaster } = await recipe.fit(recipe.plan(set, training), { signal: stop.signal, onEvent });
  forecaster.dispose();
  await backend.dispose();
  return { updates: spent.updates, shown: spent.shown / spent.updates, hidden: spent.hidden / spent.updates };
}

if (!process.stderr.isTTY) {
  console.error(
    "The bar is drawn on terminals only. Run this in one, or: script -qec 'pnpm -F @nt/cli bench' /dev/null",
  );
  process.exit(2);
}
for (const network of networks) {
  const { updates, shown, hidden } = await measure(network);
  console.log(
    `${network.name}: ${updates} updates each way; processor time of one ${shown.toFixed(3)} ms with the bar, ${hidden.toFixed(3)} ms without it: ${(100 * (shown / hidden - 1)).toFixed(2)} %`,
  );
}
