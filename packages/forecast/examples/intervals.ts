import { createCpuBackend } from '@nt/backend-cpu';
import { seriesFromArrays } from '@nt/data';
import { conformal, evaluate, NhitsForecaster, partOfPlan, seasonalNaive } from '@nt/forecast';

const sales = Array.from(
  { length: 400 },
  (_, day) => 100 + 25 * Math.sin((2 * Math.PI * day) / 7) + 8 * Math.sin(day * 12.9898),
);
const data = seriesFromArrays([{ id: 'shop', values: sales, start: '2026-01-01' }], { frequency: 'day' });

const backend = await createCpuBackend();
const recipe = new NhitsForecaster(backend, { horizon: 7, inputSize: 28, model: { hiddenSize: 32 } });
const plan = recipe.plan(data, { maxEpochs: 20, batchSize: 32, validation: 0.2, test: 0.2 });
const { forecaster } = await recipe.fit(plan);

const calibrated = await conformal(forecaster, partOfPlan(plan, 'validation'));
const { rows, skill } = await evaluate([calibrated, seasonalNaive(7, 7)], partOfPlan(plan, 'test'), { levels: [80] });
const [interval] = rows[0]!.intervals;
console.log(interval!.coverage > 0.7 && interval!.coverage < 0.95, skill!.against, skill!.verdict);

const { series, notices } = await calibrated.predict(data, { levels: [80, 95] });
console.log(
  series[0]!.intervals.map(({ level }) => level),
  notices.length,
);
//> true seasonal naive better
//> [ 80, 95 ] 0

calibrated.dispose();
await backend.dispose();
