import { TensorError } from '@nt/tensor';
import type { CaptureEngine } from '@nt/tensor/tfjs';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type RecordingWebgpu, recordingWebgpu } from '../capture/recording-webgpu.ts';
import { webgpuCaptureEngine } from '../capture/webgpu-capture-engine.ts';
import { HeapBlock } from './device-heap.ts';
import { HalfProducts } from './half-products.ts';
import { Programs } from './programs.ts';
import { type BufferRange, type TfjsWebgpu, type TfjsWebgpuClass, tensorUsage } from './tfjs-webgpu.ts';

/** tfjs's WebGPU backend with a heap for what an optimizer works on, and shaders of our own. */
export interface NtWebgpuBackend extends RecordingWebgpu {
  readonly programs: Programs;
  readonly halfProducts: HalfProducts;
  readonly captureEngine: CaptureEngine;
  /** Where a shader finds a tensor; uploads it when it was on the host only. */
  rangeOf(tensor: TensorInfo): BufferRange;
  /** The tensor's place in the heap, if it has one. */
  blockOf(tensor: TensorInfo): HeapBlock | undefined;
  /** The tensor's place in the heap, to which it is moved; undefined when the heap cannot hold it. */
  moveToHeap(tensor: TensorInfo): HeapBlock | undefined;
  /** Gives a tensor a buffer of its own. */
  moveOutOfHeap(tensor: TensorInfo): void;
  /** A new float32 tensor, not initialized. @param where `heap`: there, if it can hold it */
  allocate(shape: readonly number[], where?: 'heap'): TensorInfo;
  /** A new tensor in whose memory float16 is to lie; only kernels of ours may read it. */
  allocateHalf(shape: readonly number[]): TensorInfo;
  /** Whether it is such a tensor. */
  isHalf(tensor: TensorInfo): boolean;
  /** A second tensor with the data of `tensor`, which is about to be overwritten. */
  takeOver(tensor: TensorInfo): TensorInfo;
}

/**
 * The class, made from tfjs's, which is not imported before `navigator.gpu` is there.
 *
 * A tensor in the heap has a `HeapBlock` for its resource. Stock shaders read it by its range; what they put out never
 * lies there, as one buffer cannot be read and written by one shader under two bindings.
 */
export function ntWebgpuBackend(Base: TfjsWebgpuClass): new (device: object, adapterInfo?: object) => NtWebgpuBackend {
  return class extends recordingWebgpu(Base) implements NtWebgpuBackend {
    readonly programs: Programs = new Programs(this);
    readonly halfProducts: HalfProducts = new HalfProducts();
    readonly captureEngine: CaptureEngine = webgpuCaptureEngine(this);
    readonly #halves = new WeakSet<object>();

    rangeOf(tensor: TensorInfo): BufferRange {
      // WebGPU binds no empty memory.
      if (util.sizeFromShape(tensor.shape) === 0) return this.programs.scratch(4);
      this.uploadToGPU(tensor.dataId);
      return this.tensorToBinding(tensor);
    }

    blockOf({ dataId }: TensorInfo): HeapBlock | undefined {
      const { resource } = this.tensorMap.get(dataId);
      return resource instanceof HeapBlock ? resource : undefined;
    }

    moveToHeap(tensor: TensorInfo): HeapBlock | undefined {
      return this.blockOf(tensor) ?? this.#moving(tensor, () => this.#toHeap(tensor));
    }

    /** A tensor from outside is moved once, and not in each repetition. */
    #moving<Result>({ dataId }: TensorInfo, move: () => Result): Result {
      const { recorder, outside } = this.recordings;
      if (!recorder || recorder.hasMade(dataId)) return move();
      recorder.hasMovedOutside = true;
      return outside(move);
    }

    #toHeap(tensor: TensorInfo): HeapBlock | undefined {
      const block = this.heap.allocate(4 * util.sizeFromShape(tensor.shape));
      if (!block) return undefined;
      this.copy(this.rangeOf(tensor), this.#rangeOf(block), block.size);
      this.#replaceResource(tensor, block);
      return block;
    }

    moveOutOfHeap(tensor: TensorInfo): void {
      const block = this.blockOf(tensor);
      if (block) this.#moving(tensor, () => this.#toOwnBuffer(tensor, block));
    }

    #toOwnBuffer(tensor: TensorInfo, block: HeapBlock): void {
      const { dtype } = this.tensorMap.get(tensor.dataId);
      const own = this.makeTensorInfo(tensor.shape, dtype);
      const range = this.rangeOf(own);
      this.copy(this.#rangeOf(block), range, block.size);
      this.tensorMap.get(own.dataId).resource = null;
      this.disposeData(own.dataId);
      this.#replaceResource(tensor, range.buffer);
    }

    allocate(shape: readonly number[], where?: 'heap'): TensorInfo {
      const size = util.sizeFromShape([...shape]);
      const tensor = this.makeTensorInfo([...shape], 'float32', size === 0 ? new Float32Array(0) : undefined);
      if (where === 'heap' && size > 0)
        this.tensorMap.get(tensor.dataId).resource = this.heap.allocate(4 * size) ?? null;
      if (size > 0) this.uploadToGPU(tensor.dataId);
      return tensor;
    }

    allocateHalf(shape: readonly number[]): TensorInfo {
      const tensor = this.makeTensorInfo([...shape], 'float32');
      const bytes = 4 * Math.ceil(util.sizeFromShape([...shape]) / 2);
      const resource = this.bufferManager.acquireBuffer(bytes, tensorUsage);
      this.tensorMap.get(tensor.dataId).resource = resource;
      this.#halves.add(tensor.dataId);
      return tensor;
    }

    isHalf({ dataId }: TensorInfo): boolean {
      return this.#halves.has(dataId);
    }

    takeOver(tensor: TensorInfo): TensorInfo {
      this.tensorMap.get(tensor.dataId).values = null;
      this.recordings.recorder?.takenOver.add(tensor.dataId);
      this.incRef(tensor.dataId);
      return { dataId: tensor.dataId, shape: [...tensor.shape], dtype: tensor.dtype };
    }

    #rangeOf({ offset, size }: HeapBlock): BufferRange {
      return { buffer: this.heap.buffer, offset, size };
    }

    #replaceResource({ dataId }: TensorInfo, resource: object): void {
      this.releaseResource(dataId);
      this.tensorMap.get(dataId).resource = resource;
    }

    override tensorToBinding(tensor: TensorInfo): BufferRange {
      const { resource } = this.tensorMap.get(tensor.dataId);
      return resource instanceof HeapBlock ? this.#rangeOf(resource) : super.tensorToBinding(tensor);
    }

    override releaseResource(id: object): void {
      const data = this.tensorMap.get(id);
      if (data?.resource instanceof HeapBlock) {
        this.heap.release(data.resource);
        data.resource = null;
      } else super.releaseResource(id);
    }

    /** tfjs keeps disposed data until its commands are submitted, and lets them be used; they run in order all the same. */
    override disposeData(id: object, force?: boolean): boolean {
      this.commandQueueOwnedIds.delete(id);
      return super.disposeData(id, force);
    }

    override submitQueue(): void {
      super.submitQueue();
      this.heap.destroyRetired();
    }

    override async getBufferData(resource: object): Promise<ArrayBuffer | null> {
      if (!(resource instanceof HeapBlock)) return super.getBufferData(resource);
      const buffer = this.bufferManager.acquireBuffer(resource.size, tensorUsage);
      this.copy(this.#rangeOf(resource), { buffer }, resource.size);
      const reading = super.getBufferData(buffer);
      this.bufferManager.releaseBuffer(buffer);
      return reading;
    }

    /** Between the question for values and the answer, what lies in the heap may be overwritten, and any tensor disposed. */
    override convertAndCacheOnCPU(id: object, values: unknown): unknown {
      const isThere = this.tensorMap.has(id) && !(this.tensorMap.get(id).resource instanceof HeapBlock);
      return isThere ? super.convertAndCacheOnCPU(id, values) : values;
    }

    override readSync(id: object): never {
      const { shape, dtype, values } = this.tensorMap.get(id);
      if (!values && !('OffscreenCanvas' in globalThis)) throw cannotReadSync();
      this.moveOutOfHeap({ dataId: id, shape, dtype });
      return (super.readSync as (of: object) => never)(id);
    }

    override readToGPU(id: object, options?: never): never {
      const { shape, dtype } = this.tensorMap.get(id);
      this.moveOutOfHeap({ dataId: id, shape, dtype });
      return (super.readToGPU as (of: object, how?: never) => never)(id, options);
    }

    override memory(): ReturnType<TfjsWebgpu['memory']> {
      const { numBytesInGPU, numBytesAllocatedInGPU, ...others } = super.memory() as DeviceMemory;
      return {
        ...others,
        numBytesInGPU: numBytesInGPU + this.heap.usedBytes,
        numBytesAllocatedInGPU: numBytesAllocatedInGPU + this.heap.capacity,
      } as DeviceMemory;
    }

    override dispose(): void {
      super.dispose();
      this.programs.dispose();
      this.heap.dispose();
    }
  };
}

interface DeviceMemory {
  readonly unreliable: boolean;
  readonly numBytesInGPU: number;
  readonly numBytesAllocatedInGPU: number;
}

/** tfjs would fail for want of a canvas to read from. */
const cannotReadSync = (): TensorError =>
  new TensorError(
    'tensor/option',
    "Backend 'webgpu' cannot read values synchronously here: use await tensor.data() and not dataSync().",
    { name: 'webgpu' },
  );
