import type { BatchSource, TrainBatch } from '@nt/trainer';
import { type WindowSizes, waveWindows } from './wave-windows.ts';

/** Windows of the wave as the trainer takes them: [batch, inputSize] and [batch, horizon]. */
export interface WaveBatch extends TrainBatch {
  readonly input: Float32Array;
  readonly target: Float32Array;
}

/** The batch with this number. */
export function waveBatch(sizes: WindowSizes, number: number): WaveBatch {
  const { input, target } = waveWindows(sizes, number);
  return { size: sizes.batch, input: Float32Array.from(input), target: Float32Array.from(target) };
}

/**
 * Epochs of new batches, without end, with a position that a checkpoint can hold.
 *
 * @param distinct so many are made and come round again: making one takes the host longer than many an update
 */
export function waveBatches(
  sizes: WindowSizes,
  batchesPerEpoch: number,
  distinct: number = Number.POSITIVE_INFINITY,
): BatchSource<WaveBatch> {
  const kept = new Map<number, WaveBatch>();
  const batch = (number: number): WaveBatch => {
    if (distinct === Number.POSITIVE_INFINITY) return waveBatch(sizes, number);
    const place = number % distinct;
    const made = kept.get(place) ?? waveBatch(sizes, place);
    kept.set(place, made);
    return made;
  };
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
        yield batch(number);
      }
      at = { epoch: at.epoch + 1, position: 0 };
    },
  };
}
