import type { CaptureReport } from '@nt/tensor';
import { describe, expect, it } from 'vitest';
import { callsBefore, expectCapture } from './expect-capture.ts';
import { needs } from './needs.ts';
import { type CaptureObserved, calls } from './observe-capture.ts';
import { runProgram } from './run-program.ts';

interface Trained {
  readonly eager: readonly unknown[];
  readonly captured: readonly unknown[];
  readonly reports: readonly CaptureReport[];
}

const long = process.env['NT_LONG'] === '1';

/** Two hundred updates as one command, a few with every run of the tests. */
const updates = long ? 200 : 12;

describe.runIf(needs('vulkan'))('captured calls, on a software adapter', () => {
  it('give the bits of the function, say why they do not repeat it, and leave nothing; a lost device is noticed', async () => {
    const { cases, moved, many, reads, failures } = (await runProgram('capture')) as {
      readonly cases: Record<string, CaptureObserved>;
      readonly moved: readonly number[][];
      readonly many: readonly number[][];
      readonly reads: readonly number[];
      readonly failures: readonly unknown[];
    };
    expectCapture(cases);
    const [captured, eager] = moved;
    expect(captured).toEqual([...eager!, calls - callsBefore]);
    const [early, , late, sum, replays] = many;
    expect(late).toEqual(early);
    expect([sum, replays]).toEqual([[998, 1, -998], [1000 - callsBefore]]);
    expect(reads).toEqual(reads.map((_, call) => 2 * call));
    expect(failures).toEqual([
      [2, 'tensor/backend-unavailable', 'device-lost'],
      [2, 'tensor/backend-disposed', null],
    ]);
  }, 240_000);

  it('train with the bits of an update that is run', async () => {
    const found = (await runProgram('capture-training', [String(updates)])) as Record<string, Trained>;
    expect(Object.keys(found)).toHaveLength(long ? 2 : 1);
    for (const [name, { eager, captured, reports }] of Object.entries(found)) {
      expect(captured.length, name).toBeGreaterThanOrEqual(updates);
      expect(captured, name).toEqual(eager);
      const [gradients, validation, update] = reports.map(({ replays }) => replays) as [number, number, number];
      expect(Math.min(gradients, update), name).toBeGreaterThan(updates / 3);
      if (name.includes('validation')) expect(validation, name).toBeGreaterThan(0);
      expect(reports.map(({ reason }) => reason).filter(Boolean), name).toEqual([]);
    }
  }, 900_000);
});
