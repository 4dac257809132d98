import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { DataType, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { type backend_util, util } from '@tensorflow/tfjs-core';
import { EngineRecordings } from '../capture/engine-recordings.ts';
import type { Heap } from '../heap/heap.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { ElementType } from '../kernels/rule-call.ts';
import type { CommandRunner } from '../pool/command-runner.ts';
import { DataId } from './data-id.ts';
import { createEngineParts } from './engine-parts.ts';
import type { EngineSettings } from './engine-settings.ts';
import { ProductRounding } from './product-rounding.ts';
import { type BucketValues, TensorBucket } from './tensor-bucket.ts';

type Values = backend_util.BackendValues;

/** The engine as tfjs sees it: the stock CPU backend with its data in our heap and the hot kernels replaced. */
export class NtCpuBackend extends MathBackendCPU {
  readonly heap: Heap;
  readonly kernels: Kernels;
  readonly runner: CommandRunner;
  readonly recordings: EngineRecordings;
  readonly rounding: ProductRounding = new ProductRounding();
  /** Why no native kernels run; undefined when they do, or when another set was asked for. */
  readonly withoutNative: string | undefined;
  /** Why no WASM kernels run, where plain JavaScript does without having been asked for. */
  readonly withoutWasm: string | undefined;
  readonly #poison: boolean;
  readonly #scalars = new WeakMap<object, number>();
  readonly #ranges = new WeakMap<object, { readonly least: number; readonly most: number }>();
  readonly #remembered = new WeakMap<object, Map<string, unknown>>();
  #outsideHeap = 0;
  #allocated: object[] = [];

  constructor(settings: EngineSettings) {
    super();
    const { heap, kernels, runner, withoutNative, withoutWasm } = createEngineParts(settings);
    this.heap = heap;
    this.kernels = kernels;
    this.runner = runner;
    this.recordings = new EngineRecordings(heap, kernels);
    this.withoutNative = withoutNative;
    this.withoutWasm = withoutWasm;
    this.#poison = settings.poison;
  }

  /** Takes the array as it is, as the stock engine does, unless it looks into the heap: then it would change later. */
  override write(values: Values, _shape: number[], dtype: DataType): object {
    const bucket = this.#bucket(values, dtype, 1);
    const dataId = new DataId(bucket);
    this.data.set(dataId, bucket as never);
    this.recordings.recorder?.constant(dataId);
    return dataId;
  }

  override move(dataId: object, values: Values, _shape: number[], dtype: DataType, refCount: number): void {
    this.data.set(dataId, this.#bucket(values, dtype, refCount) as never);
  }

  override readSync(dataId: object): Values {
    const bucket = this.#bucketOf(dataId);
    if (bucket.dtype === 'complex64') return super.readSync(dataId);
    const { values } = bucket;
    const own = bucket.isInHeap ? (values as Float32Array).slice() : values;
    // Readers may hand the result to APIs that refuse shared memory, so it is copied out of it.
    return util.convertBackendValuesAndArrayBuffer(own as never, bucket.dtype);
  }

  /** The values of a float tensor, into memory of the caller. */
  readInto(tensor: TensorInfo, into: Float32Array): void {
    into.set(this.valuesOf(tensor) as Float32Array);
  }

  override disposeData(dataId: object, force = false): boolean {
    const bucket = this.#bucketIfAny(dataId);
    if (!bucket) return true;
    if (!force && bucket.refCount > 1) {
      bucket.refCount--;
      return false;
    }
    if (dataId instanceof DataId) dataId.bucket = undefined;
    if (bucket.complexTensorInfos) return super.disposeData(dataId, true);
    bucket.release();
    this.data.delete(dataId);
    return true;
  }

  override refCount(dataId: object): number {
    return this.#bucketIfAny(dataId)?.refCount ?? 0;
  }

  override incRef(dataId: object): void {
    this.#bucketOf(dataId).refCount++;
  }

  override memory(): { unreliable: boolean; reasons: string[]; heapBytesInUse: number; heapBytesReserved: number } {
    const { bytesInUse, bytesReserved } = this.heap;
    return { unreliable: false, reasons: [], heapBytesInUse: bytesInUse, heapBytesReserved: bytesReserved };
  }

  /** Kernels may still run when the function returns. */
  override async time(run: () => void): Promise<{ kernelMs: number }> {
    this.runner.finish();
    const start = performance.now();
    run();
    this.runner.finish();
    return { kernelMs: performance.now() - start };
  }

  override dispose(): void {
    this.runner.dispose();
  }

  /** Where a tensor's values lie in the heap. */
  offsetOf({ dataId }: TensorInfo): number {
    const bucket = this.#bucketOf(dataId);
    return bucket.isInHeap ? bucket.offset() : this.recordings.moving(dataId, () => bucket.offset());
  }

  /** A tensor's values where they lie; do not keep the array. */
  valuesOf(tensor: TensorInfo): BucketValues {
    return this.#bucketOf(tensor.dataId).values;
  }

  /** The value of a tensor with one element. Waits for it once, however many rules it takes part in. */
  scalarOf({ dataId }: TensorInfo): number {
    const read = (): number => (this.#bucketOf(dataId).values as Float32Array)[0]!;
    const value =
      this.#scalars.get(dataId) ?? (this.recordings.recorder ? this.recordings.recorder.unrecorded(read) : read());
    this.#scalars.set(dataId, value);
    return value;
  }

  /** Forgets what was read of data that a repetition has changed. */
  forgetScalars(changed: readonly object[]): void {
    for (const dataId of changed) this.#scalars.delete(dataId);
  }

  /** Values that lie outside the heap; undefined for those inside. */
  valuesOutside({ dataId }: TensorInfo): Float32Array | undefined {
    const bucket = this.#bucketOf(dataId);
    return bucket.isInHeap ? undefined : (bucket.values as Float32Array);
  }

  /** The least and the largest of whole numbers. Looks at them once, however often they are used as indices. */
  rangeOf({ dataId }: TensorInfo): { readonly least: number; readonly most: number } {
    const known = this.#ranges.get(dataId);
    if (known) return known;
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of this.#bucketOf(dataId).values as Int32Array) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
    this.#ranges.set(dataId, { least, most });
    return { least, most };
  }

  /** True when all of these can be read without waiting, whatever else is in the queue. */
  areQuick(tensors: NamedTensorInfoMap): boolean {
    for (const name in tensors) {
      const tensor = tensors[name] as TensorInfo | undefined;
      if (tensor && !this.#bucketOf(tensor.dataId).isQuick) return false;
    }
    return true;
  }

  markQuick(results: readonly TensorInfo[]): void {
    for (const { dataId } of results) this.#bucketOf(dataId).isQuick = true;
  }

  /** How a tensor's elements are really stored; undefined for what is not numbers. */
  storageOf(tensor: TensorInfo): ElementType | undefined {
    return this.#bucketOf(tensor.dataId).storage;
  }

  /** A new tensor in the heap whose values a kernel is about to write. */
  allocate(shape: readonly number[], dtype: DataType = 'float32', storage: ElementType = 'float'): TensorInfo {
    const bucket = TensorBucket.inHeap(this.heap, dtype, storage, util.sizeFromShape(shape as number[]));
    const dataId = new DataId(bucket);
    this.data.set(dataId, bucket as never);
    this.#allocated.push(dataId);
    this.recordings.recorder?.made(dataId);
    return { dataId, shape: [...shape], dtype };
  }

  /** The same data under its own name, to be overwritten. */
  takeOver(tensor: TensorInfo): TensorInfo {
    this.#scalars.delete(tensor.dataId);
    this.recordings.recorder?.takenOver.add(tensor.dataId);
    this.#bucketOf(tensor.dataId).isQuick = false;
    return this.share(tensor);
  }

  /** The same data under another shape. */
  share(tensor: TensorInfo, shape: readonly number[] = tensor.shape): TensorInfo {
    this.incRef(tensor.dataId);
    return { dataId: tensor.dataId, shape: [...shape], dtype: tensor.dtype };
  }

  /** What `make` gave the first time for this object and key; kept as long as the object. */
  remember<Value>(about: object, key: string, make: () => Value): Value {
    const known = this.#remembered.get(about) ?? new Map<string, unknown>();
    this.#remembered.set(about, known);
    if (!known.has(key)) known.set(key, make());
    return known.get(key) as Value;
  }

  /** Runs one of our kernels; when it throws, what it has allocated is freed, so that running out of memory leaks nothing. */
  runKernel<Result>(kernel: () => Result): Result {
    this.#allocated = [];
    try {
      return kernel();
    } catch (error) {
      for (const dataId of this.#allocated) this.disposeData(dataId, true);
      throw error;
    }
  }

  /** Runs `f` with written arrays left where they are, also while poisoning. */
  outsideHeap<Result>(f: () => Result): Result {
    this.#outsideHeap++;
    try {
      return f();
    } finally {
      this.#outsideHeap--;
    }
  }

  #bucketIfAny(dataId: object): TensorBucket | undefined {
    if (dataId instanceof DataId) return dataId.bucket;
    return this.data.has(dataId) ? this.#bucketOf(dataId) : undefined;
  }

  #bucketOf(dataId: object): TensorBucket {
    if (dataId instanceof DataId && dataId.bucket) return dataId.bucket;
    return this.data.get(dataId) as unknown as TensorBucket;
  }

  #bucket(values: Values, dtype: DataType, refCount: number): TensorBucket {
    const isView = ArrayBuffer.isView(values) && this.heap.owns(values);
    const bucket = new TensorBucket(
      this.heap,
      dtype,
      (isView ? (values as Float32Array).slice() : values) as BucketValues,
      refCount,
    );
    if (this.#poison && this.#outsideHeap === 0 && bucket.storage === 'float') bucket.offset();
    return bucket;
  }
}
