import { createCpuBackend } from '@nt/backend-cpu';
import type { BackendDescription } from '@nt/tensor';
import { type ConformanceReport, runConformance } from '@nt/tensor/conformance';
import { createReferenceBackend } from '@nt/tensor/reference';
import { createTraining } from '../../bench/network.ts';

/** What the engine did in a browser. */
export interface PageResult {
  readonly description: BackendDescription;
  readonly failures: ConformanceReport['failures'];
  readonly losses: readonly number[];
}

/** Checks the engine where it runs, in a page or in a worker of one, and trains a little. */
export async function check(threads: number): Promise<PageResult> {
  const backend = await createCpuBackend({ threads });
  const report = await runConformance(backend, createReferenceBackend());
  const training = createTraining(backend.ops, 8);
  const losses: number[] = [];
  for (let i = 0; i < 5; i++) losses.push(await training.update());
  training.dispose();
  const description = await backend.describe();
  await backend.dispose();
  return { description, failures: report.failures, losses };
}

Object.assign(globalThis, { check });
