export { createReferenceBackend, type ReferenceBackendOptions } from './create-reference-backend.ts';
export { ReferenceTensor, ReferenceVariable } from './reference-tensor.ts';
export { roundTo, type Storage } from './storage.ts';
