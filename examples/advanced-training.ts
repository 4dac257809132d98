// Quantiles, calendar features, another optimizer and schedule, averaged weights, checkpoints, Ctrl-C and resume.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCpuBackend } from '@nt/backend-cpu';
import { readTable } from '@nt/data/node';
import { conformal, evaluate, NhitsForecaster, partOfPlan } from '@nt/forecast';
import { memoryLogger } from '@nt/trainer';
import { abortOnSignals } from '@nt/trainer/node';
import { nodeStorage } from '@nt/trainer/storage/node';

const births = await readTable('../apps/cli/examples/us-births.csv', { target: 'births' });
const backend = await createCpuBackend();
const recipe = new NhitsForecaster(backend, {
  horizon: 28,
  inputSize: 112,
  calendar: ['dayOfWeek', 'dayOfYear'],
  model: { hiddenSize: 32, dropoutProbTheta: 0.05 },
  seed: 7,
});
const plan = recipe.plan(births, {
  loss: { name: 'quantile', quantiles: [0.1, 0.5, 0.9] },
  optimizer: { name: 'adamw', beta2: 0.99 },
  learningRate: 3e-3,
  weightDecay: 1e-3,
  schedule: 'warmupStableDecay',
  warmupUpdates: 20,
  averaging: { name: 'ema', decay: 0.95 },
  augment: [{ name: 'jitter', sigma: 0.02 }],
  batchSize: 64,
  maxUpdates: 200,
  validationEvery: 50,
  validation: 0.1,
  test: 0.2,
});

const folder = await mkdtemp(join(tmpdir(), 'births-'));
const checkpoints = nodeStorage(folder);
const log = memoryLogger();

// The first run is stopped after 60 updates, as Ctrl-C or a deadline would.
const deadline = new AbortController();
const stopped = await recipe.fit(plan, {
  checkpoints,
  signal: deadline.signal,
  onEvent: (event) => event.type === 'update-end' && event.update === 60 && deadline.abort(),
});
console.log(stopped.result.reason, stopped.result.updates);
stopped.forecaster.dispose();

// The second goes on from the checkpoint and ends with the bits of a run that was never stopped.
const ctrlC = abortOnSignals();
const { forecaster, result } = await recipe.fit(plan, {
  checkpoints,
  resume: true,
  signal: ctrlC.signal,
  loggers: [log],
});
ctrlC.dispose();
console.log(result.reason, result.updates);

// Quantiles of a short training promise too much: calibrated on the validation part they hold.
const calibrated = await conformal(forecaster, partOfPlan(plan, 'validation'));
const { rows } = await evaluate([calibrated, forecaster], partOfPlan(plan, 'test'), { levels: [80] });
const [held, raw] = rows.map(({ intervals }) => intervals[0]!.coverage);
console.error(`80 % intervals held ${(100 * raw!).toFixed(0)} %, calibrated ${(100 * held!).toFixed(0)} %`);
console.log(Math.abs(held! - 0.8) < Math.abs(raw! - 0.8) ? 'calibration helped' : 'calibration did not help');
calibrated.dispose();
await backend.dispose();
//> aborted 60
//> completed 200
//> calibration helped
