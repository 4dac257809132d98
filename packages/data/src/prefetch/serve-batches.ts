import type { Batch } from '../batches/batch.ts';
import { gatherBatch, shortenBatch, type WindowSource } from '../batches/gather-batch.ts';

/**
 * What a worker gets: everything in it is shared memory or small.
 *
 * `control` holds, for the whole ring, 1 while the other side waits for a message; then for each slot 1 while the worker
 * owns it; then for each slot the windows asked for.
 */
export interface WorkerStart {
  readonly control: Int32Array;
  readonly slots: readonly Batch[];
  readonly source: WindowSource;
  /** Nobody but the worker writes into the masks of the slots. */
  readonly ownsMasks: boolean;
}

export const waitingAt = 0;

export function ownerAt(slot: number): number {
  return 1 + slot;
}

export function sizeAt(slot: number, slots: number): number {
  return 1 + slots + slot;
}

/**
 * Gathers one slot after another, each when it is asked for, for ever.
 *
 * @param announce tells the other side, which waits for a message
 */
export function serveBatches({ control, slots, source, ownsMasks }: WorkerStart, announce: () => void): never {
  const masksAreOnes = slots.map(() => false);
  for (let slot = 0; ; slot = (slot + 1) % slots.length) {
    while (Atomics.load(control, ownerAt(slot)) === 0) Atomics.wait(control, ownerAt(slot), 0);
    const whole = slots[slot]!;
    const batch = shortenBatch(whole, control[sizeAt(slot, slots.length)]!);
    const isWhole = gatherBatch(source, batch, masksAreOnes[slot]!);
    // A short batch leaves the masks behind its end as they are.
    masksAreOnes[slot] = isWhole && ownsMasks && (masksAreOnes[slot]! || batch.size === whole.size);
    Atomics.store(control, ownerAt(slot), 0);
    if (Atomics.exchange(control, waitingAt, 0) === 1) announce();
  }
}
