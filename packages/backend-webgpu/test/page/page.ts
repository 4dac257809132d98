import { TensorError } from '@nt/tensor';
import { createWebgpuBackend, type WebgpuBackendOptions } from '../../src/index.ts';
import { checkConformance } from '../check-conformance.ts';
import { compareCurves } from '../compare-curves.ts';
import { observeLifeCycle } from '../observe-life-cycle.ts';

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

const inPage = {
  refusal,
  checkConformance,
  observeLifeCycle,
  compareCurves: () => compareCurves(() => createWebgpuBackend({ allowSoftware: true })),
};

/** What a test may call in the page. */
export type InPage = typeof inPage;

Object.assign(globalThis, { inPage });
