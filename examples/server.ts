// A forecast service over a saved model, and what its callers see: readiness, requests at once, data that are too old.
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCpuBackend } from '@nt/backend-cpu';
import { readRows } from '@nt/data';
import { NhitsForecaster } from '@nt/forecast';
import { loadModelFolder, saveModelFolder } from '@nt/forecast/node';
import { forecastService } from './server/forecast-service.ts';

const day = (count: number): string => new Date(Date.UTC(2026, 0, 1 + count)).toISOString().slice(0, 10);
const rows = Array.from({ length: 200 }, (_, count) => ({ date: day(count), sales: 100 + 25 * Math.sin(count * 0.9) }));

// Another program trains; `nt train -o model` writes the same folder.
const backend = await createCpuBackend();
const recipe = new NhitsForecaster(backend, { horizon: 7, inputSize: 28, model: { hiddenSize: 16 } });
const { forecaster } = await recipe.fit(recipe.plan(await readRows(rows, { target: 'sales' }), { maxUpdates: 30 }));
const folder = await mkdtemp(join(tmpdir(), 'model-'));
await saveModelFolder(forecaster, folder);
forecaster.dispose();

const service = forecastService({
  load: () => loadModelFolder(backend, folder),
  target: 'sales',
  maxAge: 3,
  now: () => Date.UTC(2026, 0, 1 + 200), // a day after the newest row; leave it out for the clock
});
await once(service.listen(0, '127.0.0.1'), 'listening');
const address = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;

while ((await fetch(`${address}/ready`)).status !== 200) await new Promise((later) => setTimeout(later, 20));
const ask = (body: string) => fetch(`${address}/forecast`, { method: 'POST', body });

// Twenty callers at once; each is answered as if it were alone.
const answers = await Promise.all(Array.from({ length: 20 }, () => ask(JSON.stringify({ rows }))));
const texts = await Promise.all(answers.map((answer) => answer.text()));
const [{ times, values }] = JSON.parse(texts[0]!).series;
console.log(
  answers.every(({ status }) => status === 200),
  new Set(texts).size,
  times[0],
  values.length,
);

const old = await ask(JSON.stringify({ rows: rows.slice(0, 100) }));
console.log(old.status, (await old.json()).error);
const wrong = await ask(JSON.stringify({ rows: [{ date: '2026-01-01', sales: 'many' }] }));
console.log(wrong.status, (await wrong.json()).error.slice(0, 60));

service.close();
await backend.dispose();
//> true 1 2026-07-20 7
//> 409 'sales' ends at 2026-04-10, more than 3 steps ago
//> 400 rows: row 1, column 'sales': "many" is not a number; if it m
