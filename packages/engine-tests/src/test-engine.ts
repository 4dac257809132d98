import { expect, it } from 'vitest';
import { expectSameCurves } from './expectations/expect-same-curves.ts';
import { expectSameNetworks } from './expectations/expect-same-networks.ts';
import { expectSameRidge } from './expectations/expect-same-ridge.ts';
import { expectSteadyMemory } from './expectations/expect-steady-memory.ts';
import type { EnginePrograms } from './programs/engine-programs.ts';

/** An engine, where it runs. */
export interface EngineUnderTest {
  /** Its name in tfjs. */
  readonly tfjsName: string;
  /** Largest relative difference between its loss curve and that of tfjs's CPU engine. */
  readonly curveTolerance: number;
  /** Runs a program there and gives its result, which may have come as JSON. */
  readonly run: (name: keyof EnginePrograms) => Promise<unknown>;
}

/** Defines the tests that every engine passes, in the `describe` around the call. */
export function testEngine({ tfjsName, curveTolerance, run }: EngineUnderTest): void {
  const resultOf = <Name extends keyof EnginePrograms>(name: Name): ReturnType<EnginePrograms[Name]> =>
    run(name) as ReturnType<EnginePrograms[Name]>;

  it('passes every conformance case but the known defects', async () => {
    const report = await resultOf('checkConformance');
    expect(report.failures, report.summary).toEqual([]);
    expect(report.results.length).toBeGreaterThan(50);
  }, 480_000);

  it('learns the same in 50 updates as the CPU engine', async () => {
    const curves = await resultOf('compareCurves');
    expect(curves.active).toBe(tfjsName);
    expectSameCurves(curves, curveTolerance);
  }, 480_000);

  it('runs every network: forecasts of the float64 reference, gradients of the CPU engine', async () => {
    expectSameNetworks(await resultOf('compareNetworks'));
  }, 480_000);

  it('forecasts with a ridge what its closed form does, and goes on training it', async () => {
    expectSameRidge(await resultOf('runRidge'));
  }, 480_000);

  it('holds the same after 100 and 2,000 updates with validation, checkpoints and loggers', async () => {
    expectSteadyMemory(await resultOf('watchMemory'), 2000);
  }, 480_000);
}
