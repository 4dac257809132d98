import type { Gpu } from './gpu.ts';

/** A way to WebGPU, and how to let go of it. */
export interface FoundGpu {
  readonly gpu: Gpu;
  readonly release: () => void;
}
