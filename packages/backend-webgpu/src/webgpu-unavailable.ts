import { TensorError } from '@nt/tensor';

/**
 * Why WebGPU cannot be used: `details.reason` of a TensorError `tensor/backend-unavailable` from this package.
 *
 * - `no-webgpu`: the browser has no `navigator.gpu`
 * - `insecure-context`: the page came over plain http, where browsers hide `navigator.gpu`
 * - `peer-missing`: Node, and the optional peer `webgpu` is not installed
 * - `peer-broken`: Node, and `webgpu` is installed but its native part does not load
 * - `no-adapter`: WebGPU is there but found nothing to run on
 * - `software-adapter`: only an emulated GPU was found, and `allowSoftware` is false
 * - `no-float16`: `mixed-float16` was asked for, and the adapter's shaders have no float16
 * - `device-refused`: the adapter gave no device
 * - `device-lost`: the device was lost after it had worked (driver reset, GPU removed, destroyed by someone else)
 * - `device-error`: the device reported an error that it could not throw; results since then are not to be trusted
 */
export type WebgpuUnavailableReason =
  | 'no-webgpu'
  | 'insecure-context'
  | 'peer-missing'
  | 'peer-broken'
  | 'no-adapter'
  | 'software-adapter'
  | 'no-float16'
  | 'device-refused'
  | 'device-lost'
  | 'device-error';

const remedies: Record<WebgpuUnavailableReason, string> = {
  'no-webgpu': 'Use a browser with WebGPU (Chrome or Edge 113+, Safari 26+, Firefox 141+), or another backend.',
  'insecure-context': 'Serve the page over https, or from localhost.',
  'peer-missing': 'Install it: npm install webgpu@0.6.2',
  'peer-broken': 'Install exactly webgpu@0.6.2, which needs glibc 2.34 or newer on Linux, or use another backend.',
  'no-adapter':
    'Update the GPU driver. Linux needs a Vulkan driver and its loader (libvulkan1; in a container also the graphics ' +
    'capability of the GPU). Browsers: see chrome://gpu.',
  'software-adapter':
    'Pass { allowSoftware: true } to run on it nevertheless (slower than a CPU backend), or use another backend.',
  'no-float16':
    "Leave the precision out to compute in float32, or use createCpuBackend({ precision: 'mixed-bfloat16' }).",
  'device-refused': 'Update the GPU driver, or use another backend.',
  'device-lost': 'Dispose this backend and create it again; continue from the last checkpoint.',
  'device-error':
    'Dispose this backend and continue from the last checkpoint on another one. Please report the message.',
};

/** The error for `reason`: what was found, and what to do about it. */
export function webgpuUnavailable(reason: WebgpuUnavailableReason, found: string, cause?: unknown): TensorError {
  const message = `Backend 'webgpu': ${found} ${remedies[reason]}`;
  return new TensorError('tensor/backend-unavailable', message, { name: 'webgpu', reason }, cause);
}
