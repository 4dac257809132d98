import { createCpuBackend } from '@nt/backend-cpu';
import { seriesFromArrays } from '@nt/data';
import { fitBlend } from '@nt/forecast';

const sales = Array.from(
  { length: 400 },
  (_, day) => 100 + 25 * Math.sin((2 * Math.PI * day) / 7) + 8 * Math.sin(day * 12.9898),
);
const data = seriesFromArrays([{ id: 'shop', values: sales, start: '2026-01-01' }], { frequency: 'day' });

const backend = await createCpuBackend();
const { predictor, explanation } = await fitBlend(backend, data, { horizon: 7, preset: 'fast', maxUpdates: 50 });

const { verdict, lookbacks, members } = explanation;
console.log(verdict.answer, 'instead of', verdict.against, lookbacks[0], members.length);
console.log((await predictor.predict(data)).series[0]!.values.length);
//> blend instead of seasonal naive 14 5
//> 7

predictor.dispose();
await backend.dispose();
