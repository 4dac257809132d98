import { type TensorInfo, Variable } from '@tensorflow/tfjs-core';
import type { BufferRange, ComputePipeline, GpuBuffer } from '../engine/tfjs-webgpu.ts';

/** A command as it was encoded. */
export type RecordedCommand =
  | {
      readonly kind: 'dispatch';
      readonly pipeline: ComputePipeline;
      readonly group: object;
      /** What the group binds, but for parameters: the host has written those. */
      readonly bindings: readonly BufferRange[];
      readonly workgroups: readonly [number, number, number];
    }
  | { readonly kind: 'copy'; readonly from: BufferRange; readonly to: BufferRange; readonly bytes: number };

/** Parameters that each repetition asks for again. */
export interface LateParameters {
  /** In bytes from their start. */
  readonly at: number;
  readonly values: () => Float32Array | Uint32Array;
}

/** What the host has written to a buffer that nobody else has: it stays for all repetitions, but for what is late. */
export interface RecordedWrite {
  readonly buffer: GpuBuffer;
  readonly bytes: Uint8Array;
  late?: LateParameters | undefined;
}

/** Listens while a function runs: what it has the device do, which tensors it finds outside, and why it cannot be repeated. */
export class Recorder {
  readonly commands: RecordedCommand[] = [];
  readonly writes: RecordedWrite[] = [];
  /** Data from outside, by whoever was seen first to hold it. */
  readonly outside: Map<object, TensorInfo> = new Map();
  /** Data that is written over in place. */
  readonly takenOver: Set<object> = new Set();
  /** Whether a tensor from outside was moved: the commands before find it where it is no longer. */
  hasMovedOutside = false;
  readonly #made = new WeakSet<object>();
  readonly #written = new Set<GpuBuffer>();
  #bindings: readonly BufferRange[] = [];
  #isPaused = false;
  #problem: string | undefined;

  /** Why the function cannot be repeated; undefined while nothing speaks against it. */
  get problem(): string | undefined {
    return this.#problem;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  fail(problem: string): void {
    this.#problem ??= problem;
  }

  /** Runs what is no part of the function, as moving a tensor from outside is: that happens once. */
  unrecorded<Result>(run: () => Result): Result {
    const before = this.#isPaused;
    this.#isPaused = true;
    try {
      return run();
    } finally {
      this.#isPaused = before;
    }
  }

  made(dataId: object): void {
    this.#made.add(dataId);
  }

  hasMade(dataId: object): boolean {
    return this.#made.has(dataId);
  }

  /** A kernel is called. */
  kernel(inputs: Readonly<Record<string, TensorInfo | undefined>>): void {
    for (const name in inputs) {
      const tensor = inputs[name];
      if (!tensor || this.#made.has(tensor.dataId)) continue;
      const known = this.outside.get(tensor.dataId);
      if (!known || (tensor instanceof Variable && !(known instanceof Variable)))
        this.outside.set(tensor.dataId, tensor);
    }
  }

  /** Announces what the next dispatch binds. @param output of it, where that is known */
  binds(bindings: readonly BufferRange[], output?: BufferRange): void {
    this.#bindings = output ? [output, ...bindings] : bindings;
    if (output && this.#written.has(output.buffer)) this.fail('a kernel writes over what the host has written');
  }

  dispatched(pipeline: ComputePipeline, group: object, workgroups: readonly [number, number, number]): void {
    if (this.#isPaused) return;
    this.commands.push({ kind: 'dispatch', pipeline, group, bindings: this.#bindings, workgroups });
    this.#bindings = [];
  }

  copied(from: BufferRange, to: BufferRange, bytes: number): void {
    if (!this.#isPaused) this.commands.push({ kind: 'copy', from, to, bytes });
  }

  wrote(buffer: GpuBuffer, data: ArrayBuffer | ArrayBufferView): void {
    if (this.#isPaused) return;
    this.#written.add(buffer);
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);
    this.writes.push({ buffer, bytes: bytes.slice() });
  }

  /** What was written last is to be asked for again. */
  late(late: LateParameters): void {
    this.writes.at(-1)!.late = late;
  }
}
