import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from '../heap/heap.ts';
import type { ElementType } from '../kernels/rule-call.ts';

/** What the engine keeps of a tensor: numbers as typed arrays, strings as what the stock engine keeps. */
export type BucketValues = Float32Array | Int32Array | Uint8Array | Uint8Array[] | undefined;

const arrays = { float: Float32Array, int: Int32Array, byte: Uint8Array } as const;

/**
 * The data of one tensor. It starts as the array it was written with and moves into the heap when one of our kernels
 * first needs it there; inherited kernels read it through `values` either way.
 */
export class TensorBucket {
  readonly dtype: DataType;
  refCount: number;
  /** Nothing that takes long has to finish before the values are there. */
  isQuick = true;
  /** Set by the inherited Complex kernel. */
  complexTensorInfos?: { real: TensorInfo; imag: TensorInfo };
  readonly #heap: Heap;
  #values: BucketValues;
  #storage: ElementType | undefined;
  #offset = 0;
  #count = 0;

  constructor(heap: Heap, dtype: DataType, values: BucketValues, refCount = 1) {
    this.#heap = heap;
    this.dtype = dtype;
    this.#values = values;
    this.refCount = refCount;
  }

  /** A bucket in the heap whose values are not defined yet. */
  static inHeap(heap: Heap, dtype: DataType, storage: ElementType, count: number): TensorBucket {
    const bucket = new TensorBucket(heap, dtype, undefined);
    bucket.#allocate(storage, count);
    bucket.isQuick = false;
    return bucket;
  }

  get isInHeap(): boolean {
    return this.#offset !== 0;
  }

  /**
   * How the elements are really stored. The inherited kernels share data between types (a cast from int32 to float32
   * changes nothing), so the type of a tensor does not tell. Undefined for what is not numbers.
   */
  get storage(): ElementType | undefined {
    if (this.isInHeap) return this.#storage;
    if (this.#values instanceof Float32Array) return 'float';
    if (this.#values instanceof Int32Array) return 'int';
    return this.#values instanceof Uint8Array ? 'byte' : undefined;
  }

  get values(): BucketValues {
    if (!this.isInHeap) return this.#values;
    this.#heap.onRead?.();
    this.#heap.settle();
    // A view goes stale when unshared memory grows.
    if (!this.#values || this.#values.length === 0) this.#values = this.#view();
    return this.#values;
  }

  set values(values: BucketValues) {
    this.release();
    this.#values = values;
  }

  /** Where the values lie in the heap; moves them there first when they are elsewhere. */
  offset(): number {
    if (!this.isInHeap) this.#moveToHeap(this.#values as Float32Array);
    return this.#offset;
  }

  /** Whether the values lie there, and are as quick to read as they were. */
  liesAt(offset: number, isQuick: boolean): boolean {
    return this.isQuick === isQuick && this.offset() === offset;
  }

  release(): void {
    if (this.isInHeap) this.#heap.free(this.#offset, this.#bytes());
    this.#offset = 0;
    this.#values = undefined;
  }

  #moveToHeap(values: Float32Array): void {
    this.#allocate(this.storage!, values.length);
    this.#heap.write(this.#offset, values);
    this.#values = undefined;
  }

  #allocate(storage: ElementType, count: number): void {
    this.#storage = storage;
    this.#count = count;
    this.#offset = this.#heap.allocate(this.#bytes());
  }

  #bytes(): number {
    return this.#count * arrays[this.#storage!].BYTES_PER_ELEMENT;
  }

  #view(): Float32Array | Int32Array | Uint8Array {
    return new arrays[this.#storage!](this.#heap.memory.buffer as ArrayBuffer, this.#offset, this.#count);
  }
}
