import type { Backend } from '@nt/tensor';
import type { ConformanceReport, KnownDefect } from '@nt/tensor/conformance';
import type { Tensor } from '@tensorflow/tfjs-core';
import { checkConformance } from './check-conformance.ts';
import { type ComparedCurves, compareCurves } from './compare-curves.ts';
import { type ComparedNetwork, compareNetworks } from './compare-networks.ts';
import { type RidgeRun, runRidge } from './run-ridge.ts';
import { watchMemory } from './watch-memory.ts';
import type { WatchedRun } from './watched-run.ts';

/** What runs where the engine is, in a process or a page of its own; results are JSON. */
export interface EnginePrograms {
  checkConformance(): Promise<ConformanceReport>;
  compareCurves(): Promise<ComparedCurves>;
  compareNetworks(): Promise<ComparedNetwork[]>;
  runRidge(): Promise<RidgeRun>;
  watchMemory(): Promise<WatchedRun>;
}

/** The programs for one engine; each makes a new backend and disposes it. */
export function enginePrograms(
  create: () => Promise<Backend<Tensor>>,
  knownDefects: readonly KnownDefect[],
): EnginePrograms {
  return {
    checkConformance: () => checkConformance(create, knownDefects),
    compareCurves: () => compareCurves(create),
    compareNetworks: () => compareNetworks(create),
    runRidge: () => runRidge(create),
    watchMemory: () => watchMemory(create, 2000),
  };
}
