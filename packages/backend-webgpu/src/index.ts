export { createWebgpuBackend, type WebgpuBackend } from './create-webgpu-backend.ts';
export type { WebgpuBackendOptions, WebgpuPrecision } from './webgpu-backend-options.ts';
export type { WebgpuUnavailableReason } from './webgpu-unavailable.ts';
