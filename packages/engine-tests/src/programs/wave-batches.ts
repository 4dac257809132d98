import type { BatchSource, TrainBatch } from '@nt/trainer';
import { type WaveWindows, type WindowSizes, waveWindows } from './wave-windows.ts';

/** Windows of the wave as the trainer takes them. */
export type WaveBatch = TrainBatch & WaveWindows;

/** The batch with this number. */
export const waveBatch = (sizes: WindowSizes, number: number): WaveBatch => ({
  size: sizes.batch,
  ...waveWindows(sizes, number),
});

/** Epochs of new batches, without end, with a position that a checkpoint can hold. */
export function waveBatches(sizes: WindowSizes, batchesPerEpoch: number): BatchSource<WaveBatch> {
  let at = { epoch: 0, position: 0 };
  return {
    get epoch() {
      return at.epoch;
    },
    get position() {
      return at.position;
    },
    batchesPerEpoch,
    state: () => ({ ...at }),
    restore(state) {
      at = state as typeof at;
    },
    *[Symbol.iterator]() {
      while (at.position < batchesPerEpoch) {
        const number = at.epoch * batchesPerEpoch + at.position;
        at = { ...at, position: at.position + 1 };
        yield waveBatch(sizes, number);
      }
      at = { epoch: at.epoch + 1, position: 0 };
    },
  };
}
