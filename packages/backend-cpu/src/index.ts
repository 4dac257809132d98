export { CpuEngineError, type CpuEngineErrorCode } from './cpu-engine-error.ts';
export { type CpuBackend, createCpuBackend } from './create-cpu-backend.ts';
export type { CpuBackendOptions, CpuEngineOptions, CpuPrecision } from './engine/engine-settings.ts';
export { cpuEngineName, registerCpuEngine } from './engine/register-cpu-engine.ts';
export { type KernelSetName, kernelSetNames } from './kernels/kernels.ts';
