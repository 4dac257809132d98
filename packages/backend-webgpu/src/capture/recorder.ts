import { FunctionRecorder } from '@nt/tensor/tfjs';
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

/** Listens to what a function has the device do, too. */
export class Recorder extends FunctionRecorder {
  readonly commands: RecordedCommand[] = [];
  readonly writes: RecordedWrite[] = [];
  /** Whether a tensor from outside was moved: the commands before find it where it is no longer. */
  hasMovedOutside = false;
  readonly #written = new Set<GpuBuffer>();
  #bindings: readonly BufferRange[] = [];

  /** Announces what the next dispatch binds. @param output of it, where that is known */
  binds(bindings: readonly BufferRange[], output?: BufferRange): void {
    this.#bindings = output ? [output, ...bindings] : bindings;
    if (output && this.#written.has(output.buffer)) this.fail('a kernel writes over what the host has written');
  }

  dispatched(pipeline: ComputePipeline, group: object, workgroups: readonly [number, number, number]): void {
    if (this.isPaused) return;
    this.commands.push({ kind: 'dispatch', pipeline, group, bindings: this.#bindings, workgroups });
    this.#bindings = [];
  }

  copied(from: BufferRange, to: BufferRange, bytes: number): void {
    if (!this.isPaused) this.commands.push({ kind: 'copy', from, to, bytes });
  }

  wrote(buffer: GpuBuffer, data: ArrayBuffer | ArrayBufferView): void {
    if (this.isPaused) return;
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
