import type { CaptureSite } from './capture.ts';
import type { NetworkOps } from './network-ops.ts';
import type { Tensor } from './tensor.ts';

/** What an engine says of itself: shown to users, written into a run's metadata. JSON-serialisable. */
export interface BackendDescription {
  /** Name of the backend, e.g. `cpu`. */
  readonly name: string;
  /** Engine and version, e.g. `@tensorflow/tfjs-backend-cpu 4.22.0`. */
  readonly engine: string;
  /** The hardware it runs on, as far as the engine can tell. */
  readonly device: string;
  /** Threads that compute, the calling one included; undefined where the engine does not say (GPUs). */
  readonly threads?: number;
  /** Which kernels run, e.g. `js`, `wasm`, `native-avx512`, `wgsl`. */
  readonly kernelSet: string;
  /** Bits of the float type. */
  readonly floatWidth: 16 | 32 | 64;
  /** What an update computes in where that is not the float type alone, and how: `mixed-bfloat16 by AVX512-BF16`. */
  readonly precision?: string;
  /** Fused kernels of `kernelNames` that this engine has; the others are composed. */
  readonly fusedKernels: readonly string[];
  /** What it cannot do or does wrong, one sentence each; empty when nothing is known. */
  readonly limitations: readonly string[];
}

/** Living tensors and their bytes. */
export interface BackendMemory {
  readonly tensors: number;
  readonly bytes: number;
}

/** An engine ready for use: made by an async factory, belongs to whoever made it. */
export interface Backend<T extends Tensor = Tensor> {
  readonly name: string;
  readonly ops: NetworkOps<T>;
  /** What computes: device, kernels, limits. */
  describe(): Promise<BackendDescription>;
  /** Resolves when all queued work has finished: needed to time anything, never to be correct. */
  settle(): Promise<void>;
  /** How many tensors live, and how many bytes they take. */
  memory(): BackendMemory;
  /** A new place whose calls can be recorded and repeated; undefined where the engine cannot. */
  readonly captureSite?: (() => CaptureSite<T>) | undefined;
  /** Frees the engine. Afterwards every member of `ops` throws TensorError `tensor/backend-disposed`. */
  dispose(): Promise<void>;
}
