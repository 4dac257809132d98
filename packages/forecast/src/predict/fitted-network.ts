import { batches, type Scaler, type Windows } from '@nt/data';
import type { NamedArrays, Tensor } from '@nt/tensor';
import { ForecastError } from '../forecast-error.ts';
import type { Head, Outputs } from '../heads/head.ts';
import { ForwardPass } from './forward-pass.ts';
import type { Network } from './network.ts';
import { networkParts, type WindowPart } from './network-parts.ts';
import type { WindowForecasts } from './window-forecasts.ts';

/** A trained network behind a door without an engine's types: whoever asks it need not know what computes. */
export interface FittedNetwork {
  readonly head: Head;
  /** Forecasts in the data's unit for windows over scaled data. */
  forecasts(scaler: Scaler, windows: Windows, quantiles: readonly number[]): Promise<WindowForecasts>;
  /** What these point forecasts are the sum of; null where the network cannot say. */
  parts(scaler: Scaler, windows: Windows): Promise<readonly WindowPart[] | null>;
  /** Under the network's parameter names. */
  saveWeights(): Promise<NamedArrays>;
  dispose(): void;
}

/** Closes the engine's types in. */
export function fittedNetwork<T extends Tensor>(network: Network<T>): FittedNetwork {
  const { head, model } = network;
  const pass = new ForwardPass(network);
  let isDisposed = false;
  // Whatever a network does without its weights, it would say so in the words of an engine.
  const whileAlive = async <Result>(ask: () => Promise<Result>): Promise<Result> => {
    if (isDisposed) throw new ForecastError('forecast/disposed', 'The forecaster was disposed: fit or load it again.');
    return ask();
  };
  return {
    head,
    forecasts: (scaler, windows, quantiles) =>
      whileAlive(() => networkForecasts({ head, pass }, scaler, windows, quantiles)),
    parts: (scaler, windows) => whileAlive(() => networkParts(network, scaler, windows)),
    saveWeights: () => whileAlive(() => model.saveWeights()),
    dispose: () => {
      if (isDisposed) return;
      isDisposed = true;
      pass.dispose();
      model.dispose();
    },
  };
}

/** Bytes of a batch that stay near a core while they are gathered, copied and read. */
const nearBytes = 2 ** 21;

/** Windows sent through the network at once: enough to keep an engine busy, and no more than lie near a core. */
function windowsAtOnce({ set, inputSize, horizon }: Windows): number {
  const [historic, future] = [set.historic?.names.length ?? 0, set.future?.names.length ?? 0];
  const numbers = inputSize * (2 + historic + future) + horizon * (2 + future);
  const fitting = nearBytes / (Float32Array.BYTES_PER_ELEMENT * numbers);
  return Math.min(512, Math.max(64, 2 ** Math.floor(Math.log2(fitting))));
}

async function networkForecasts<T extends Tensor>(
  { head, pass }: { readonly head: Head; readonly pass: ForwardPass<T> },
  scaler: Scaler,
  windows: Windows,
  quantiles: readonly number[],
): Promise<WindowForecasts> {
  const { inputSize, horizon, set } = windows;
  const create = (): Float64Array => new Float64Array(windows.count * horizon);
  const out = { point: create(), quantiles: quantiles.map(create) };
  let row = 0;
  for (const batch of batches(windows, { batchSize: windowsAtOnce(windows), buffers: 1 })) {
    const read = head.read(await pass.run(batch, inputSize, horizon), quantiles);
    // Windows of a series at once: an array for each would take as long as a small network.
    for (let start = 0, end = 0; start < batch.size; start = end) {
      const series = batch.series[start]!;
      while (end < batch.size && batch.series[end] === series) end++;
      const id = set.ids[series]!;
      const unscale = (from: Outputs, to: Float64Array): void =>
        to.set(scaler.inverse(from.subarray(start * horizon, end * horizon), id), (row + start) * horizon);
      unscale(read.point, out.point);
      read.quantiles.forEach((from, quantile) => {
        unscale(from, out.quantiles[quantile]!);
      });
    }
    row += batch.size;
  }
  return out;
}
