import { describe, expect, it } from 'vitest';
import type { DeviceCommands } from '../bench/count-commands.ts';
import { needs } from './needs.ts';
import { runProgram } from './run-program.ts';
import { engineCurveTolerance } from './tolerances.ts';

interface Counted {
  /** Of eight updates, and of eight that are captured. */
  readonly each: readonly DeviceCommands[];
  readonly ofOptimizer: readonly number[];
}

interface Trained {
  readonly compared: number;
  readonly difference: number;
  readonly learned: number;
  readonly first: readonly number[];
  readonly again: readonly number[];
  readonly held: readonly unknown[];
}

interface StockReport {
  readonly differences: readonly string[];
  readonly repeats: readonly number[];
  readonly refused: readonly unknown[];
  readonly inRows: boolean;
  readonly cases: number;
}

interface DeviceLoss {
  readonly failure: unknown;
  readonly saved: readonly number[];
  readonly whole: readonly number[];
  readonly rest: readonly number[];
}

const long = process.env['NT_LONG'] === '1';

/** Updates of the second run with the same seed. */
const again = long ? 200 : 40;

describe.runIf(needs('vulkan'))('kernels of our own, on a software adapter', () => {
  it('give what float64 does, beside tiles and for NaN and infinities', async () => {
    expect(await runProgram('kernels')).toEqual([]);
  }, 480_000);

  it('have right what tfjs has wrong, and the same bits each time; the rest is refused', async () => {
    const { differences, repeats, refused, inRows, cases } = (await runProgram('stock')) as StockReport;
    expect(differences).toEqual([]);
    expect(cases).toBeGreaterThan(30);
    expect(repeats).toEqual([1, 1, 1]);
    expect(refused).toEqual([
      { code: 'tensor/option', message: expect.stringContaining('halfPixelCenters') },
      { code: 'tensor/option', message: expect.stringContaining('await tensor.data()') },
    ]);
    expect(inRows, 'a dispatch in several rows').toBe(true);
  }, 480_000);

  it('need a quarter of the dispatches that a composed update does, one for AdamW, and no reading back', async () => {
    const fused = (await runProgram('count', ['small'])) as Counted;
    const composed = (await runProgram('count', ['small', 'composed'])) as Counted;
    for (const update of [1, 2]) {
      expect(fused.each[update]!.dispatches * 4).toBeLessThan(composed.each[update]!.dispatches);
      expect(fused.each[update]!.reads).toBe(0);
      expect(fused.each[update]!.copies).toBeLessThan(10);
    }
    expect(fused.ofOptimizer).toEqual([1, 1]);
    // What the updates before have made is found again; what is left are tfjs's own kernels and new batches.
    expect(fused.each[6]!.bindGroups).toBeLessThan(0.6 * fused.each[6]!.dispatches);
    expect(fused.each[6]!.writes).toBeLessThan(0.6 * fused.each[6]!.dispatches);
    // Captured, an update is one submission for the gradients and one for the weights; new are the batch and the step. What
    // the last block reads of its last layer, weights and bias, is copied to where our kernels look for it.
    const captured = fused.each[14]!;
    expect(captured).toEqual({ ...fused.each[6]!, copies: 3, submits: 2, bindGroups: 0, writes: captured.writes });
    expect(captured.writes).toBeLessThan(6);
  }, 480_000);

  it('learn in 200 updates what the CPU engine does, twice with the same bits, in memory that stays', async () => {
    const trained = (await runProgram('train', [long ? '1000' : '200', String(again)])) as Trained;
    expect(trained.compared).toBe(20);
    expect(trained.difference).toBeLessThan(engineCurveTolerance);
    expect(trained.learned).toBeLessThan(1 / 3);
    expect(trained.again).toHaveLength(again / 10);
    expect(trained.again).toEqual(trained.first);
    expect(trained.held).toHaveLength(2);
    expect(trained.held[1]).toEqual(trained.held[0]);
  }, 480_000);

  it('go on from the last checkpoint on a new device when one is lost', async () => {
    const { failure, saved, whole, rest } = (await runProgram('device-loss')) as DeviceLoss;
    expect(failure).toMatchObject({ code: 'tensor/backend-unavailable', reason: 'device-lost' });
    expect(saved).toEqual([5]);
    expect(rest).toEqual(whole.slice(5));
  }, 480_000);

  it('stay right where the heap cannot hold the weights', async () => {
    const { held, without } = (await runProgram('without-heap')) as { held: number[]; without: number[] };
    expect(held).toHaveLength(6);
    expect(without).toEqual(held);
  }, 480_000);
});
