import type { EnginePrograms } from '@nt/engine-tests/programs';
import { TensorError } from '@nt/tensor';
import { createWebgpuBackend, type WebgpuBackendOptions } from '../../src/index.ts';
import { type CaptureObserved, observeCapture } from '../observe-capture.ts';
import { type LifeCycle, observeLifeCycle } from '../observe-life-cycle.ts';
import { programs } from '../programs-of-engine.ts';

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
export interface InPage extends EnginePrograms {
  refusal(options: WebgpuBackendOptions): Promise<unknown>;
  observeLifeCycle(): Promise<LifeCycle>;
  observeCapture(): Promise<Readonly<Record<string, CaptureObserved>>>;
}

const inPage: InPage = { ...programs, refusal, observeLifeCycle, observeCapture };

Object.assign(globalThis, { inPage });
