import { batches, type Scaler, type Windows } from '@nt/data';
import type { NamedArrays, Tensor } from '@nt/tensor';
import type { Head } from '../heads/head.ts';
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
  return {
    head,
    forecasts: (scaler, windows, quantiles) => networkForecasts({ head, pass }, scaler, windows, quantiles),
    parts: (scaler, windows) => networkParts(network, scaler, windows),
    saveWeights: () => model.saveWeights(),
    dispose: () => {
      pass.dispose();
      model.dispose();
    },
  };
}

/** Windows sent through the network at once: large enough to keep an engine busy, small in memory. */
const batchSize = 512;

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
  for (const batch of batches(windows, { batchSize, buffers: 1 })) {
    const read = head.read(await pass.run(batch, inputSize, horizon), quantiles);
    for (let i = 0; i < batch.size; i++, row++) {
      const id = set.ids[batch.series[i]!]!;
      const unscale = (from: Float64Array, to: Float64Array): void =>
        to.set(scaler.inverse(from.subarray(i * horizon, (i + 1) * horizon), id), row * horizon);
      unscale(read.point, out.point);
      read.quantiles.forEach((from, quantile) => {
        unscale(from, out.quantiles[quantile]!);
      });
    }
  }
  return out;
}
