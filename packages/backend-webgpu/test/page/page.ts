import { TensorError } from '@nt/tensor';
import type { ConformanceReport } from '@nt/tensor/conformance';
import { createWebgpuBackend, type WebgpuBackendOptions } from '../../src/index.ts';
import { checkConformance } from '../check-conformance.ts';
import { type ComparedCurves, compareCurves } from '../compare-curves.ts';
import { type LifeCycle, observeLifeCycle } from '../observe-life-cycle.ts';

/** Why the backend cannot be created here; undefined when it can. */
async function refusal(options: WebgpuBackendOptions): Promise<unknown> {
  try {
    await (await createWebgpuBackend(options)).dispose();
    return undefined;
  } catch (error) {
    if (!TensorError.isInstance(error)) throw error;
    return { code: error.code, reason: error.details['reason'], message: error.message };
  }
}

/** What a test may call in the page. */
export interface InPage {
  refusal(options: WebgpuBackendOptions): Promise<unknown>;
  checkConformance(): Promise<ConformanceReport>;
  observeLifeCycle(): Promise<LifeCycle>;
  compareCurves(): Promise<ComparedCurves>;
}

const inPage: InPage = {
  refusal,
  checkConformance,
  observeLifeCycle,
  compareCurves: () => compareCurves(() => createWebgpuBackend({ allowSoftware: true })),
};

Object.assign(globalThis, { inPage });
