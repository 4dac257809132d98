export { createNodeGpuBackend } from './create-node-gpu-backend.ts';
export { diagnose, type NodeGpuDiagnosis } from './diagnose.ts';
export type { NodeGpuBackendOptions } from './node-gpu-backend-options.ts';
export type { NodeGpuUnavailableReason } from './node-gpu-unavailable.ts';
