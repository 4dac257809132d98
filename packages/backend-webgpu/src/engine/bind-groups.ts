import type { BufferRange, ComputeDevice, GpuBuffer } from './tfjs-webgpu.ts';

/** A pipeline's layout of bindings, and a number that tells it from others. */
export interface BindingLayout {
  readonly id: number;
  readonly layout: object;
}

/**
 * Bind groups, made once for each combination of buffers: an update takes its buffers from a pool in the order in which the
 * one before gave them back, so the same combinations come round, and making a group takes longer than all else that a
 * dispatch costs the host.
 */
export class BindGroups {
  readonly #device: ComputeDevice;
  readonly #most: number;
  readonly #groups = new Map<string, object>();
  readonly #ids = new WeakMap<GpuBuffer, number>();
  #nextId = 0;

  /** @param most kept; then all are dropped, so that combinations that never return hold no memory */
  constructor(device: ComputeDevice, most: number = 4096) {
    this.#device = device;
    this.#most = most;
  }

  of({ id, layout }: BindingLayout, ranges: readonly BufferRange[]): object {
    let key = `${id}`;
    for (const { buffer, offset, size } of ranges) key += ` ${this.#idOf(buffer)} ${offset ?? ''} ${size ?? ''}`;
    const known = this.#groups.get(key);
    if (known) return known;
    if (this.#groups.size >= this.#most) this.#groups.clear();
    const group = this.#device.createBindGroup({
      layout,
      entries: ranges.map((resource, binding) => ({ binding, resource })),
    });
    this.#groups.set(key, group);
    return group;
  }

  #idOf(buffer: GpuBuffer): number {
    const known = this.#ids.get(buffer);
    if (known !== undefined) return known;
    this.#ids.set(buffer, ++this.#nextId);
    return this.#nextId;
  }
}
