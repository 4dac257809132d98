export { createTfjsBackend, type TfjsBackendOptions } from './create-tfjs-backend.ts';
export { tfjsOps } from './tfjs-ops.ts';
