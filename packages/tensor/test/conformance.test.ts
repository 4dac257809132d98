import { type Backend, kernelNames, type Tensor } from '@nt/tensor';
import { type ConformanceCase, conformanceCases, type KnownDefect, runConformance } from '@nt/tensor/conformance';
import { createReferenceBackend } from '@nt/tensor/reference';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFusedCpu, createStockCpu, createStockWasm } from './engines.ts';
import type { KernelCall } from './fused-kernels.ts';
import { referenceDefects, wasmDefects } from './known-defects.ts';

const calls: KernelCall[] = [];

interface Engine {
  readonly title: string;
  create(): Promise<Backend<Tensor>>;
  readonly knownDefects: readonly KnownDefect[];
}

const engines: readonly Engine[] = [
  {
    title: 'reference',
    create: async () => createReferenceBackend() as unknown as Backend<Tensor>,
    knownDefects: referenceDefects,
  },
  {
    title: 'stock cpu, everything composed',
    create: async () => (await createStockCpu()) as unknown as Backend<Tensor>,
    knownDefects: [],
  },
  {
    title: 'cpu with every fused kernel',
    create: async () => (await createFusedCpu(calls)) as unknown as Backend<Tensor>,
    knownDefects: [],
  },
  {
    title: 'stock wasm, everything composed',
    create: async () => (await createStockWasm()) as unknown as Backend<Tensor>,
    knownDefects: wasmDefects,
  },
];

const named = conformanceCases.map((testCase): [string, ConformanceCase] => [testCase.name, testCase]);
const reference = createReferenceBackend();
afterAll(() => reference.dispose());

describe.each(engines)('$title', ({ create, knownDefects }) => {
  let backend: Backend<Tensor>;
  beforeAll(async () => {
    backend = await create();
  });
  afterAll(() => backend.dispose());

  it.each(named)('%s', async (_name, testCase) => {
    const report = await runConformance(backend, reference, { cases: [testCase], knownDefects });
    expect(report.failures, report.summary).toEqual([]);
  });

  it('keeps no tensors after all of it, nor does the reference', () => {
    expect(reference.memory().tensors).toBe(0);
    if (backend.name === 'reference') expect(backend.memory()).toEqual({ tensors: 0, bytes: 0 });
  });
});

describe('the fused path', () => {
  const ran = (name: string): KernelCall[] => calls.filter(({ kernel }) => kernel === name);

  it.each(Object.values(kernelNames))('ran %s', (name) => {
    expect(ran(name).length).toBeGreaterThan(0);
  });

  it('computed the gradient of dense for its input where one was needed, and only there', () => {
    const needed = ran(kernelNames.mlpGrad).map(({ needsInputGradient }) => needsInputGradient);
    expect(needed).toContain(true);
    expect(needed).toContain(false);
  });

  it('passed donations on', () => {
    expect(ran(kernelNames.elementwise).map(({ donate }) => donate)).toContainEqual(['w', 'g', 'm', 'v']);
  });
});
