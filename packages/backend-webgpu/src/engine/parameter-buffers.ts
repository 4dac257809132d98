import type { EngineRecordings } from '../capture/engine-recordings.ts';
import type { LateParameters } from '../capture/recorder.ts';
import { type GpuBuffer, type TfjsWebgpu, usages } from './tfjs-webgpu.ts';

type Engine = TfjsWebgpu & { readonly recordings: Pick<EngineRecordings, 'recorder'> };

/**
 * Buffers with the parameters of shaders. Most are shapes and places, the same in every update: what comes a second time is
 * written once and stays. The rest, as an optimizer's step, goes through buffers of the pool.
 */
export class ParameterBuffers {
  readonly #backend: Engine;
  readonly #most: number;
  readonly #kept = new Map<string, GpuBuffer>();
  #seen = new Set<string>();

  /** @param most kept at a time, and remembered as seen once */
  constructor(backend: Engine, most: number = 1024) {
    this.#backend = backend;
    this.#most = most;
  }

  /** @param late what repetitions of a recording ask for again */
  of(parameters: ArrayBuffer, late?: LateParameters): GpuBuffer {
    const { recorder } = this.#backend.recordings;
    if (recorder) {
      const own = this.#fleeting(parameters);
      if (late) recorder.late(late);
      return own;
    }
    const words = new Uint32Array(parameters);
    if (words.length > longest) return this.#fleeting(parameters);
    const key = words.join();
    const known = this.#kept.get(key);
    if (known) return known;
    if (!this.#seen.has(key) || this.#kept.size >= this.#most) {
      if (this.#seen.size >= this.#most) this.#seen = new Set();
      this.#seen.add(key);
      return this.#fleeting(parameters);
    }
    const buffer = this.#backend.device.createBuffer({ size: parameters.byteLength, usage });
    this.#backend.device.queue.writeBuffer(buffer, 0, parameters);
    this.#kept.set(key, buffer);
    return buffer;
  }

  dispose(): void {
    for (const buffer of this.#kept.values()) buffer.destroy();
    this.#kept.clear();
  }

  #fleeting(parameters: ArrayBuffer): GpuBuffer {
    const backend = this.#backend;
    const buffer = backend.bufferManager.acquireBuffer(parameters.byteLength, usage);
    // Written before the commands that were not submitted yet, so nobody else may have it until they are.
    backend.queue.writeBuffer(buffer, 0, parameters);
    backend.uniformPendingDisposal.push(buffer);
    return buffer;
  }
}

const usage = usages.storage | usages.copyDestination;

/** Words; making a key of more would cost as much as writing them. Tables of all weights are longer, and hold the step. */
const longest = 64;
