export { createTfjsBackend, type TfjsBackendOptions } from './create-tfjs-backend.ts';
export { registerGradients } from './register-gradients.ts';
export { tfjsOps } from './tfjs-ops.ts';
export { tfjsTensorOps } from './tfjs-tensor-ops.ts';
