import { KeptRecordings } from '@nt/tensor/tfjs';
import type { DeviceHeap } from '../engine/device-heap.ts';
import type { TfjsWebgpu } from '../engine/tfjs-webgpu.ts';
import { BufferLoans } from './buffer-loans.ts';
import type { RecordedCommand, Recorder } from './recorder.ts';
import { WebgpuArena } from './webgpu-arena.ts';

/** The engine's doors for recording: all that it has the device do is told to one recorder, and can be done again. */
export class EngineRecordings {
  readonly kept: KeptRecordings = new KeptRecordings();
  readonly #backend: TfjsWebgpu;
  readonly #heap: DeviceHeap;
  readonly #loans: BufferLoans;
  #recorder: Recorder | undefined;
  #arena: WebgpuArena | undefined;

  constructor(backend: TfjsWebgpu, heap: DeviceHeap) {
    this.#backend = backend;
    this.#heap = heap;
    this.#loans = new BufferLoans(backend.bufferManager);
  }

  /** Who listens now. */
  get recorder(): Recorder | undefined {
    return this.#recorder?.isPaused ? undefined : this.#recorder;
  }

  /** The same while it is paused, too. */
  get listener(): Recorder | undefined {
    return this.#recorder;
  }

  /** Somebody wants values in JavaScript: only those that stand in the function are the same in a repetition. */
  read(id: object): void {
    const { recorder } = this;
    const isConstant = recorder?.hasMade(id) && this.#backend.tensorMap.get(id).values;
    if (!isConstant) recorder?.fail('it reads values back');
  }

  /** The memory of what is being recorded. */
  get arena(): WebgpuArena | undefined {
    return this.#arena;
  }

  openArena(): WebgpuArena {
    return new WebgpuArena(this.#loans, this.#heap);
  }

  /** Runs `f`, which takes all memory from the arena, with a recorder that is told all that the engine does. */
  record<Result>(recorder: Recorder, arena: WebgpuArena, f: () => Result): Result {
    const backend = this.#backend;
    const { queue } = backend;
    this.submit();
    this.#recorder = recorder;
    this.#arena = arena;
    backend.queue = {
      submit: (commands) => queue.submit(commands),
      writeBuffer: (buffer, offset, data, ...rest) => {
        recorder.wrote(buffer, data);
        queue.writeBuffer(buffer, offset, data, ...rest);
      },
      copyExternalImageToTexture: (...parameters) => {
        recorder.fail('it uses textures or timers');
        queue.copyExternalImageToTexture(...parameters);
      },
    };
    try {
      return arena.within(f);
    } finally {
      this.submit();
      backend.queue = queue;
      this.#recorder = undefined;
      this.#arena = undefined;
    }
  }

  /** Runs what is no part of the function, in memory that is not the recording's. */
  readonly outside = <Result>(f: () => Result): Result => {
    const recorder = this.#recorder;
    if (!recorder) return f();
    const [open, arena] = [this.#loans.open, this.#heap.arena];
    [this.#loans.open, this.#heap.arena] = [undefined, undefined];
    try {
      return recorder.unrecorded(f);
    } finally {
      [this.#loans.open, this.#heap.arena] = [open, arena];
    }
  };

  /** Hands over what was encoded. */
  submit(): void {
    this.#backend.endComputePassEncoder();
    if (this.#backend.commandEncoder) this.#backend.submitQueue();
  }

  /** Encodes the commands behind all commands so far, in as few passes as copies between them allow. */
  repeat(commands: readonly RecordedCommand[]): void {
    const backend = this.#backend;
    backend.ensureCommandEncoderReady();
    let last: object | undefined;
    for (const command of commands) {
      if (command.kind === 'copy') {
        const { from, to, bytes } = command;
        backend.endComputePassEncoder();
        backend.commandEncoder!.copyBufferToBuffer(from.buffer, from.offset ?? 0, to.buffer, to.offset ?? 0, bytes);
        last = undefined;
        continue;
      }
      backend.computePassEncoder ??= backend.commandEncoder!.beginComputePass();
      const pass = backend.computePassEncoder;
      if (command.pipeline !== last) pass.setPipeline(command.pipeline);
      last = command.pipeline;
      pass.setBindGroup(0, command.group);
      pass.dispatchWorkgroups(...command.workgroups);
    }
  }
}
