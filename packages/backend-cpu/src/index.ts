export { createCpuBackend } from './create-cpu-backend.ts';
