import type { FoundGpu } from './found-gpu.ts';
import type { Gpu } from './gpu.ts';
import { loadDawn } from './load-dawn.ts';
import { webgpuUnavailable } from './webgpu-unavailable.ts';

interface Host {
  readonly navigator?: { readonly gpu?: Gpu };
  readonly isSecureContext?: boolean;
  readonly process?: { readonly versions?: { readonly node?: string } };
}

/**
 * The runtime's own WebGPU, else Dawn in Node.
 *
 * @throws TensorError `tensor/backend-unavailable`, reasons `no-webgpu`, `insecure-context`, `peer-missing`, `peer-broken`
 */
export async function findGpu(): Promise<FoundGpu> {
  const host = globalThis as Host;
  const gpu = host.navigator?.gpu;
  if (gpu) return { gpu, release: () => {} };
  if (host.process?.versions?.node !== undefined) return loadDawn();
  if (host.isSecureContext === false) {
    throw webgpuUnavailable('insecure-context', 'this page is no secure context, so the browser hides navigator.gpu.');
  }
  throw webgpuUnavailable('no-webgpu', 'this browser has no navigator.gpu.');
}
