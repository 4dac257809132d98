// A page that trains on the file that a person chooses. The file never leaves the machine.
import { connectForecaster } from '@nt/forecast/worker';

const client = connectForecaster(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));
const state = document.querySelector('#state')!;
const output = document.querySelector('#forecast')!;

document.querySelector<HTMLInputElement>('#file')!.addEventListener('change', async ({ target }) => {
  const [file] = (target as HTMLInputElement).files!;
  if (!file) return;
  try {
    const { lines, seasonLength } = await client.preview({ file });
    output.textContent = lines.join('\n');

    const horizon = Math.max(seasonLength, 7);
    const request = {
      forecaster: { horizon, inputSize: 4 * horizon, model: { hiddenSize: 32 } },
      plan: { maxUpdates: 200, learningRate: 3e-3, test: 0.2 },
    };
    await client.train(request, (event) => {
      if (event.type === 'update-end') state.textContent = `update ${event.update}`;
    });

    const { skill } = await client.evaluate({});
    const { series } = await client.forecast({});
    const rows = series[0]!.labels.map((label, step) => `${label}  ${series[0]!.values[step]!.toFixed(1)}`);
    output.textContent = rows.join('\n');
    state.textContent = `done: ${skill!.verdict} than ${skill!.against}`;
  } catch (error) {
    state.textContent = (error as Error).message;
  }
});
