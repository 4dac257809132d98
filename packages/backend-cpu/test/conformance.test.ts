import { createCpuBackend } from '@nt/backend-cpu';
import { runConformance } from '@nt/tensor/conformance';
import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { loadable } from './engines.ts';

const engines = loadable.flatMap((kernels) =>
  (kernels === 'js' ? [1] : [1, 2]).map((threads) => ({ kernels, threads })),
);

it.each(engines)('agrees with the float64 reference: $kernels, $threads threads', async ({ kernels, threads }) => {
  const backend = await createCpuBackend({ kernels, threads });
  const report = await runConformance(backend, createReferenceBackend());
  const description = await backend.describe();
  await backend.dispose();
  expect(report.failures).toEqual([]);
  expect(description).toMatchObject({ kernelSet: kernels, threads });
  expect(description.fusedKernels).toHaveLength(8);
});

it('agrees with freed memory poisoned and every tensor in the heap', async () => {
  const backend = await createCpuBackend({ kernels: 'wasm', threads: 1, poisonFreedMemory: true });
  const report = await runConformance(backend, createReferenceBackend());
  await backend.dispose();
  expect(report.failures).toEqual([]);
});
