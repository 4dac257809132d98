import type { Backend } from '@nt/tensor';
import { type ConformanceReport, type KnownDefect, runConformance } from '@nt/tensor/conformance';
import { createReferenceBackend } from '@nt/tensor/reference';
import type { Tensor } from '@tensorflow/tfjs-core';

/** All cases on a new backend. */
export async function checkConformance(
  create: () => Promise<Backend<Tensor>>,
  knownDefects: readonly KnownDefect[],
): Promise<ConformanceReport> {
  const backend = await create();
  const report = await runConformance(backend, createReferenceBackend(), { knownDefects });
  await backend.settle();
  await backend.dispose();
  return report;
}
