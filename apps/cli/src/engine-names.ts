import type { Precision } from '@nt/trainer';

/** The engines by name, and what each can compute in. */
export const precisions: Readonly<Record<'cpu' | 'webgpu' | 'node-gpu' | 'reference', readonly Precision[]>> = {
  cpu: ['float32', 'mixed-bfloat16'],
  webgpu: ['float32', 'mixed-float16'],
  'node-gpu': ['float32'],
  reference: ['float32', 'mixed-bfloat16', 'mixed-float16'],
};

/** An engine. */
export type OneEngine = keyof typeof precisions;
/** One of `engineNames`. */
export type EngineName = OneEngine | 'auto';
/** Each engine for itself. */
export const engines: readonly OneEngine[] = Object.keys(precisions) as OneEngine[];
/** What `--backend` can be, the default first; `auto` is the first GPU that works, else the CPU. */
export const engineNames: readonly EngineName[] = [...engines, 'auto'];
