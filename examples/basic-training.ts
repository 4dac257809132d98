// A file in, a model folder and a forecast out: what `nt train --model nhits` does, as a program.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCpuBackend } from '@nt/backend-cpu';
import { writeTime } from '@nt/data';
import { readTable } from '@nt/data/node';
import { NhitsForecaster } from '@nt/forecast';
import { loadModelFolder, saveModelFolder } from '@nt/forecast/node';

// 20 years of daily births in the United States. The time column is found, the target is named.
const births = await readTable('../apps/cli/examples/us-births.csv', { target: 'births' });

const backend = await createCpuBackend();
const recipe = new NhitsForecaster(backend, { horizon: 28, inputSize: 112, model: { hiddenSize: 32 } });
const plan = recipe.plan(births, { maxUpdates: 400, batchSize: 64, learningRate: 3e-3, test: 0.2 });
const { forecaster, result } = await recipe.fit(plan);
console.log(`${result.reason} after ${result.updates} updates`);

// On the newest fifth, which training has not seen, beside the naive forecasts.
const { rows, skill } = await forecaster.evaluate(births);
console.log(rows.map(({ method }) => method).join(', '));
console.log(`${skill!.verdict} than ${skill!.against}`);

const folder = await mkdtemp(join(tmpdir(), 'births-'));
await saveModelFolder(forecaster, folder);
forecaster.dispose();

// Another day, another process.
const loaded = await loadModelFolder(backend, folder);
const { series } = await loaded.predict(births);
const { times, values } = series[0]!;
console.log(`${values.length} days from ${writeTime(births, times[0]!)}`);
loaded.dispose();
await backend.dispose();
//> completed after 400 updates
//> nhits, naive, seasonal naive, window average, drift, mean
//> better than seasonal naive
//> 28 days from 1989-01-01
