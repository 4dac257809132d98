import { type ConformanceReport, runConformance } from '@nt/tensor/conformance';
import { createReferenceBackend } from '@nt/tensor/reference';
import { createWebgpuBackend } from '../src/index.ts';
import { knownDefects } from './known-defects.ts';

/** All cases on a new backend. */
export async function checkConformance(): Promise<ConformanceReport> {
  const backend = await createWebgpuBackend({ allowSoftware: true });
  const report = await runConformance(backend, createReferenceBackend(), { knownDefects });
  await backend.settle();
  await backend.dispose();
  return report;
}
