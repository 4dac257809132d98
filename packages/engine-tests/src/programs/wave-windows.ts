import { uniformValues } from '@nt/tensor';

/** How many windows a batch has, and how long they are, in time steps. */
export interface WindowSizes {
  readonly batch: number;
  readonly inputSize: number;
  readonly horizon: number;
}

/** One batch of windows, row by row. */
export interface WaveWindows {
  /** [batch, inputSize] */
  readonly input: readonly number[];
  /** [batch, horizon] */
  readonly target: readonly number[];
}

/** A batch of windows, each from a random place of a wave with noise; the same number gives the same batch everywhere. */
export function waveWindows({ batch, inputSize, horizon }: WindowSizes, number: number): WaveWindows {
  const length = inputSize + horizon;
  const starts = uniformValues(batch, { seed: 2, counter: number });
  const noise = uniformValues(batch * length, { seed: 3, counter: number });
  const value = (row: number, step: number): number =>
    Math.sin(((starts[row]! * 24 + step) * 2 * Math.PI) / 24) + 0.2 * (noise[row * length + step]! - 0.5);
  const block = (from: number, steps: number): number[] =>
    Array.from({ length: batch * steps }, (_, i) => value(Math.floor(i / steps), from + (i % steps)));
  return { input: block(0, inputSize), target: block(inputSize, horizon) };
}
