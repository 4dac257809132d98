import { createCpuBackend } from '@nt/backend-cpu';
import { connectForecaster, serveForecaster } from '@nt/forecast/worker';

// worker.ts of a page is the call of serveForecaster without `port`, and the page connects to
//   new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
// Here both ends are on one thread.
const channel = new MessageChannel();
const createEngine = async () => ({ backend: await createCpuBackend(), reason: 'the only one' });
serveForecaster({ createEngine, port: channel.port1 });
const client = connectForecaster(channel.port2);

const rows = Array.from({ length: 200 }, (_, day) => {
  const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
  return `${date},${100 + 0.2 * day + 25 * Math.sin((2 * Math.PI * day) / 7)}`;
});
const file = new Blob([`date,sales\n${rows.join('\n')}\n`]); // or what a person dropped
const { lines, seasonLength } = await client.preview({ file, name: 'sales.csv' });
console.log(lines[0], seasonLength);

const request = {
  forecaster: { horizon: 7, inputSize: 28, model: { hiddenSize: 32 } },
  plan: { maxEpochs: 20, batchSize: 32, learningRate: 5e-3, validation: 0.2, test: 0.2 },
};
let checks = 0;
const { reason } = await client.train(request, (event) => {
  if (event.type === 'validation-end') checks += 1; // client.pause(), resume() and stop() work meanwhile
});
const { series } = await client.forecast({ levels: [80] });
console.log(reason, checks > 0, series[0]!.labels[0], series[0]!.intervals[0]!.level);
//> sales.csv: 200 rows read, 0 rejected (csv) 7
//> completed true 2026-07-20 80

channel.port1.close();
process.exit(); // the worker of a page is ended by terminate()
