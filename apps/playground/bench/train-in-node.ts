import { fileURLToPath } from 'node:url';
import { createCpuBackend } from '@nt/backend-cpu';
import { readTable } from '@nt/data/node';
import { NhitsForecaster } from '@nt/forecast';
import { trained } from './trained.ts';

// The bare training, without checkpoints and without anybody who looks on. Prints updates a second.
const backend = await createCpuBackend();
const { kernelSet, threads } = await backend.describe();
console.error(`Node: ${kernelSet}, ${threads} threads`);
const { forecaster: options, plan: asked, logEvery } = trained.request;
const recipe = new NhitsForecaster(backend, options);
const plan = recipe.plan(await readTable(fileURLToPath(new URL('../samples/us-births.csv', import.meta.url))), asked);
const { result } = await recipe.fit(plan, { logEvery });
console.log(result.updates / result.seconds);
await backend.dispose();
