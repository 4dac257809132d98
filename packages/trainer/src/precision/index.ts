export { createMixedReference } from './create-mixed-reference.ts';
