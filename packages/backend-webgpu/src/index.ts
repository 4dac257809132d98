export { createWebgpuBackend } from './create-webgpu-backend.ts';
export type { WebgpuBackendOptions } from './webgpu-backend-options.ts';
export type { WebgpuUnavailableReason } from './webgpu-unavailable.ts';
