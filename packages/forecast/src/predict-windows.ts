import { batches, type Scaler, type Windows } from '@nt/data';
import type { Backend, NeuralModel, Tensor } from '@nt/tensor';
import { type CovariateCounts, windowTensors } from './window-tensors.ts';

/** Windows sent through the network at once: large enough to keep an engine busy, small in memory. */
const batchSize = 512;

/**
 * The network's forecasts for every window, back in the data's unit.
 *
 * @param windows over scaled data
 * @returns `[windows, horizon]`, row-major
 */
export async function predictWindows<T extends Tensor>(
  backend: Backend<T>,
  model: NeuralModel<T>,
  scaler: Scaler,
  windows: Windows,
  counts: CovariateCounts,
): Promise<Float64Array> {
  const { inputSize, horizon, set } = windows;
  const out = new Float64Array(windows.count * horizon);
  let row = 0;
  for (const batch of batches(windows, { batchSize })) {
    const forecast = backend.ops.tidy(() => {
      const window = windowTensors(backend.ops, batch, inputSize, horizon, counts);
      return model.forward(window, { training: false, random: { seed: 0, counter: 0 } });
    });
    const scaled = Float64Array.from(await forecast.data());
    forecast.dispose();
    for (let i = 0; i < batch.size; i++, row++) {
      const id = set.ids[batch.series[i]!]!;
      out.set(scaler.inverse(scaled.subarray(i * horizon, (i + 1) * horizon), id), row * horizon);
    }
  }
  return out;
}
