import type { DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/** Memory of the device. */
export interface GpuBuffer {
  readonly size: number;
  readonly usage: number;
  destroy(): void;
}

/** A part of a buffer that a shader sees. */
export interface BufferRange {
  readonly buffer: GpuBuffer;
  readonly offset?: number;
  readonly size?: number;
}

/** A compiled shader. */
export interface ComputePipeline {
  getBindGroupLayout(index: number): object;
}

/** Where runs of shaders are encoded. */
export interface ComputePass {
  setPipeline(pipeline: ComputePipeline): void;
  setBindGroup(index: number, group: object): void;
  dispatchWorkgroups(x: number, y: number, z: number): void;
  end(): void;
}

/** Where commands are encoded. */
export interface CommandEncoder {
  beginComputePass(options?: object): ComputePass;
  copyBufferToBuffer(from: GpuBuffer, fromOffset: number, to: GpuBuffer, toOffset: number, size: number): void;
  copyBufferToTexture(...parameters: never[]): void;
  resolveQuerySet(...parameters: never[]): void;
  finish(): object;
}

/** Where commands are handed to a device, and what the host writes: that comes before all commands of later submissions. */
export interface DeviceQueue {
  submit(commands: readonly object[]): void;
  writeBuffer(buffer: GpuBuffer, offset: number, data: ArrayBuffer | ArrayBufferView, ...part: readonly number[]): void;
  copyExternalImageToTexture(...parameters: never[]): void;
}

/** What kernels use of a device. */
export interface ComputeDevice {
  readonly limits: Readonly<Record<string, number>>;
  readonly queue: Pick<DeviceQueue, 'writeBuffer'>;
  createBuffer(options: { readonly size: number; readonly usage: number }): GpuBuffer;
  createShaderModule(options: { readonly code: string; readonly label: string }): object;
  createComputePipeline(options: {
    readonly label: string;
    readonly layout: 'auto';
    readonly compute: { readonly module: object; readonly entryPoint: string };
  }): ComputePipeline;
  createBindGroup(options: {
    readonly layout: object;
    readonly entries: readonly { readonly binding: number; readonly resource: BufferRange }[];
  }): object;
}

/** Bits of `GPUBufferUsage`, which Node does not define until Dawn is loaded. */
export const usages = { copySource: 4, copyDestination: 8, uniform: 64, storage: 128 } as const;

/** What tfjs uses the memory of a tensor for. */
export const tensorUsage: number = usages.storage | usages.copySource | usages.copyDestination;

/** Where tfjs keeps a tensor's values. */
export interface TensorData {
  values: unknown;
  /** Of the memory: a tensor that was cast from bool to float32 says float32, and its memory bool. */
  readonly dtype: DataType;
  readonly shape: number[];
  /** A buffer, or something else that a subclass understands. */
  resource?: object | null;
}

/**
 * The parts of tfjs-backend-webgpu 4.22's backend on which the kernels here stand, most of them private there; the
 * version is pinned, and the tests would not pass without them.
 */
export interface TfjsWebgpu extends KernelBackend {
  readonly device: ComputeDevice;
  readonly tensorMap: { has(id: object): boolean; get(id: object): TensorData };
  readonly bufferManager: {
    acquireBuffer(size: number, usage: number, mapped?: boolean, reuse?: boolean): GpuBuffer;
    releaseBuffer(buffer: GpuBuffer, reuse?: boolean): void;
  };
  /** The device's own. */
  queue: DeviceQueue;
  commandEncoder: CommandEncoder | null;
  computePassEncoder: ComputePass | null;
  dispatchCountInPass: number;
  commandQueueOwnedIds: WeakSet<object>;
  /** Buffers that may be written again once the commands so far are submitted. */
  readonly uniformPendingDisposal: GpuBuffer[];
  makeTensorInfo(shape: readonly number[], dtype: DataType, values?: unknown): TensorInfo;
  uploadToGPU(id: object): void;
  /** Encodes the run of a shader of tfjs's: the only place that does. */
  recordAndSubmit(program: object, output: TensorInfo, inputs: readonly TensorInfo[], uniforms?: object): void;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  releaseResource(id: object): void;
  tensorToBinding(tensor: TensorInfo): BufferRange;
  getBufferData(resource: object): Promise<ArrayBuffer | null>;
  convertAndCacheOnCPU(id: object, values: unknown): unknown;
}

/** The constructor that tfjs-backend-webgpu exports. */
export type TfjsWebgpuClass = new (device: object, adapterInfo?: object) => TfjsWebgpu;
