import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import { DeviceHeap } from '../engine/device-heap.ts';
import { type BufferRange, type TfjsWebgpu, type TfjsWebgpuClass, tensorUsage } from '../engine/tfjs-webgpu.ts';
import { EngineRecordings } from './engine-recordings.ts';
import { hostWords } from './host-words.ts';
import { recordedEncoder } from './recorded-encoder.ts';

/** tfjs's WebGPU backend with a heap, and with ears for what it has the device do. */
export interface RecordingWebgpu extends TfjsWebgpu {
  readonly heap: DeviceHeap;
  readonly recordings: EngineRecordings;
  copy(from: BufferRange, to: BufferRange, bytes: number): void;
  /** Says that repetitions write over this data: what was read of it is not kept on the host. */
  markReplaced(id: object): void;
}

/** The class, made from tfjs's. Nothing is different while nobody records. */
export function recordingWebgpu(Base: TfjsWebgpuClass): new (device: object, adapterInfo?: object) => RecordingWebgpu {
  return class extends Base implements RecordingWebgpu {
    readonly heap: DeviceHeap = new DeviceHeap(this.device, (from, to, bytes) =>
      this.copy({ buffer: from }, { buffer: to }, bytes),
    );
    readonly recordings: EngineRecordings = new EngineRecordings(this, this.heap);
    readonly #replaced = new WeakSet<object>();

    copy(from: BufferRange, to: BufferRange, bytes: number): void {
      this.endComputePassEncoder();
      this.ensureCommandEncoderReady();
      this.commandEncoder!.copyBufferToBuffer(from.buffer, from.offset ?? 0, to.buffer, to.offset ?? 0, bytes);
    }

    markReplaced(id: object): void {
      this.#replaced.add(id);
    }

    override write(values: never, shape: number[], dtype: DataType): object {
      const id = super.write(values, shape, dtype);
      this.recordings.recorder?.made(id);
      return id;
    }

    override ensureCommandEncoderReady(): void {
      if (this.commandEncoder) return;
      super.ensureCommandEncoderReady();
      const { listener } = this.recordings;
      if (listener) this.commandEncoder = recordedEncoder(this.commandEncoder!, listener);
    }

    override recordAndSubmit(
      program: object,
      output: TensorInfo,
      inputs: readonly TensorInfo[],
      uniforms?: object,
    ): void {
      const { recorder } = this.recordings;
      const rangeOf = (tensor: TensorInfo): BufferRange => this.tensorToBinding(tensor);
      if (recorder) recorder.binds(inputs.map(rangeOf), rangeOf(output));
      super.recordAndSubmit(program, output, inputs, uniforms);
    }

    override uploadToGPU(id: object): void {
      const { recorder } = this.recordings;
      const { resource, values } = this.tensorMap.get(id);
      if (!recorder || resource) super.uploadToGPU(id);
      else if (!recorder.hasMade(id)) this.recordings.outside(() => super.uploadToGPU(id));
      else if (values) this.#uploadConstant(id);
      else super.uploadToGPU(id);
    }

    /** What stands in the function is written once, for all repetitions. */
    #uploadConstant(id: object): void {
      const data = this.tensorMap.get(id);
      const words = hostWords(data.values as ArrayLike<number>, data.dtype);
      const buffer = this.recordings.arena!.bufferOnce(words.byteLength, tensorUsage);
      // The buffer may be one that a command uses which was not submitted yet.
      this.recordings.submit();
      this.queue.writeBuffer(buffer, 0, words);
      Object.assign(data, { values: null, resource: buffer });
    }

    override read(id: object): ReturnType<TfjsWebgpu['read']> {
      this.recordings.read(id);
      return super.read(id);
    }

    override readSync(id: object): never {
      this.recordings.read(id);
      return (super.readSync as (of: object) => never)(id);
    }

    override readToGPU(id: object, options?: never): never {
      this.recordings.recorder?.fail('it reads values back');
      return (super.readToGPU as (of: object, how?: never) => never)(id, options);
    }

    override convertAndCacheOnCPU(id: object, values: unknown): unknown {
      return this.#replaced.has(id) ? values : super.convertAndCacheOnCPU(id, values);
    }
  };
}
