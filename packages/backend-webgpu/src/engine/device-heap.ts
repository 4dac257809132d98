import type { Shelves } from '../capture/shelves.ts';
import { FreeSpace } from './free-space.ts';
import { type ComputeDevice, type GpuBuffer, usages } from './tfjs-webgpu.ts';

/** A place in the heap: what a tensor has instead of a buffer of its own. */
export class HeapBlock {
  readonly offset: number;
  /** Bytes that hold values. */
  readonly size: number;

  constructor(offset: number, size: number) {
    this.offset = offset;
    this.size = size;
  }
}

/** Copies the first bytes of one buffer to another, behind all commands so far. */
type Copy = (from: GpuBuffer, to: GpuBuffer, bytes: number) => void;

const smallest = 1 << 20;

/**
 * One buffer in which weights, their gradients and the optimizer's state lie side by side, so that one binding shows a
 * shader all of them: a shader may bind some ten buffers, and a network has a hundred such tensors. It grows by doubling
 * up to what the device can bind.
 */
export class DeviceHeap {
  readonly #device: ComputeDevice;
  readonly #copy: Copy;
  readonly #largest: number;
  readonly #alignment: number;
  readonly #free = new FreeSpace();
  readonly #lent = new Map<number, { readonly arena: Shelves<number>; readonly room: number }>();
  /** The memory of a recording, from which blocks come now. */
  arena: Shelves<number> | undefined;
  #buffer: GpuBuffer | undefined;
  #used = 0;
  #retired: GpuBuffer[] = [];

  constructor(device: ComputeDevice, copy: Copy) {
    this.#device = device;
    this.#copy = copy;
    const { maxStorageBufferBindingSize, maxBufferSize, minStorageBufferOffsetAlignment } = device.limits;
    this.#largest = Math.min(maxStorageBufferBindingSize!, maxBufferSize!);
    this.#alignment = Math.max(minStorageBufferOffsetAlignment!, 4);
  }

  /** The whole of it; another one after it has grown. */
  get buffer(): GpuBuffer {
    return this.#buffer!;
  }

  get usedBytes(): number {
    return this.#used;
  }

  get capacity(): number {
    return this.#buffer?.size ?? 0;
  }

  /** A block for `size` > 0 bytes; undefined when the device cannot bind a heap that large. */
  allocate(size: number): HeapBlock | undefined {
    const room = this.#roomFor(size);
    const { arena } = this;
    const offset = arena ? arena.take(room, () => this.#lend(arena, room)) : this.#take(room);
    return offset === undefined ? undefined : new HeapBlock(offset, size);
  }

  #take(room: number): number | undefined {
    const offset = this.#free.take(room) ?? (this.#grow(room) ? this.#free.take(room) : undefined);
    if (offset !== undefined) this.#used += room;
    return offset;
  }

  #lend(arena: Shelves<number>, room: number): number | undefined {
    const offset = this.#take(room);
    if (offset !== undefined) this.#lent.set(offset, { arena, room });
    return offset;
  }

  /** Commands run in order, so that a block may be used again although earlier commands have yet to read it. */
  release({ offset, size }: HeapBlock): void {
    const lent = this.#lent.get(offset);
    if (lent) lent.arena.giveBack(offset);
    else this.#add(offset, this.#roomFor(size));
  }

  #add(offset: number, room: number): void {
    this.#free.add(offset, offset + room);
    this.#used -= room;
  }

  /** Bytes that an arena has been lent. */
  bytesOf(arena: Shelves<number>): number {
    let total = 0;
    for (const { place } of arena.places()) total += this.#lent.get(place)!.room;
    return total;
  }

  /** Takes an arena's blocks back; those that are still in use are released by whoever uses them. */
  closeArena(arena: Shelves<number>): void {
    for (const { place, isLiving } of arena.places()) {
      const { room } = this.#lent.get(place)!;
      this.#lent.delete(place);
      if (!isLiving) this.#add(place, room);
    }
  }

  /** Call after the commands so far were submitted. */
  destroyRetired(): void {
    for (const buffer of this.#retired.splice(0)) buffer.destroy();
  }

  dispose(): void {
    this.destroyRetired();
    this.#buffer?.destroy();
    this.#buffer = undefined;
  }

  #roomFor(size: number): number {
    return Math.ceil(size / this.#alignment) * this.#alignment;
  }

  #grow(room: number): boolean {
    const before = this.capacity;
    let size = Math.max(smallest, 2 * before);
    while (size < before + room) size *= 2;
    size = Math.min(size, this.#largest);
    if (size < before + room) return false;
    const { storage, copySource, copyDestination } = usages;
    const grown = this.#device.createBuffer({ size, usage: storage | copySource | copyDestination });
    if (this.#buffer) {
      this.#copy(this.#buffer, grown, before);
      this.#retired.push(this.#buffer);
    }
    this.#buffer = grown;
    this.#free.add(before, size);
    return true;
  }
}
