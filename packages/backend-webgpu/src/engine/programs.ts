import type { LateParameters } from '../capture/recorder.ts';
import type { RecordingWebgpu } from '../capture/recording-webgpu.ts';
import { BindGroups, type BindingLayout } from './bind-groups.ts';
import { ParameterBuffers } from './parameter-buffers.ts';
import { type BufferRange, type ComputePipeline, usages } from './tfjs-webgpu.ts';

/** One run of a shader. Its binding 0 is `parameters`, the others follow in order. */
export interface ProgramCall {
  /** Which shader it is: the same name, the same code. */
  readonly name: string;
  readonly code: () => string;
  readonly parameters: ArrayBuffer;
  /** Those that repetitions of a recording ask for again. */
  readonly late?: LateParameters | undefined;
  readonly bindings: readonly BufferRange[];
  readonly workgroups: number;
}

interface Compiled extends BindingLayout {
  readonly pipeline: ComputePipeline;
}

/** Commands between two submissions, as tfjs has it: a device should begin before a whole update is written. */
const commandsPerSubmission = 15;

/** The shaders of one device, compiled when they are first run. */
export class Programs {
  readonly #backend: RecordingWebgpu;
  readonly #pipelines = new Map<string, Compiled>();
  readonly #groups: BindGroups;
  readonly #parameters: ParameterBuffers;

  constructor(backend: RecordingWebgpu) {
    this.#backend = backend;
    this.#groups = new BindGroups(backend.device);
    this.#parameters = new ParameterBuffers(backend);
  }

  /** Puts a run behind all commands so far. */
  run(call: ProgramCall): void {
    const backend = this.#backend;
    const compiled = this.#pipeline(call);
    const parameters = { buffer: this.#parameters.of(call.parameters, call.late) };
    const group = this.#groups.of(compiled, [parameters, ...call.bindings]);
    backend.recordings.recorder?.binds(call.bindings);
    backend.ensureCommandEncoderReady();
    backend.computePassEncoder ??= backend.commandEncoder!.beginComputePass();
    backend.computePassEncoder.setPipeline(compiled.pipeline);
    backend.computePassEncoder.setBindGroup(0, group);
    const most = backend.device.limits['maxComputeWorkgroupsPerDimension']!;
    backend.computePassEncoder.dispatchWorkgroups(
      Math.min(call.workgroups, most),
      Math.ceil(call.workgroups / most),
      1,
    );
    backend.dispatchCountInPass++;
    if (backend.dispatchCountInPass < commandsPerSubmission) return;
    backend.endComputePassEncoder();
    backend.submitQueue();
  }

  /** Memory for the commands so far, free again once they are submitted. */
  scratch(bytes: number): BufferRange {
    const buffer = this.#backend.bufferManager.acquireBuffer(bytes, usages.storage | usages.copyDestination);
    this.#backend.uniformPendingDisposal.push(buffer);
    return { buffer };
  }

  dispose(): void {
    this.#parameters.dispose();
  }

  #pipeline({ name, code }: ProgramCall): Compiled {
    const known = this.#pipelines.get(name);
    if (known) return known;
    const { device } = this.#backend;
    const module = device.createShaderModule({ code: code(), label: name });
    const pipeline = device.createComputePipeline({
      label: name,
      layout: 'auto',
      compute: { module, entryPoint: 'main' },
    });
    const compiled = { id: this.#pipelines.size, pipeline, layout: pipeline.getBindGroupLayout(0) };
    this.#pipelines.set(name, compiled);
    return compiled;
  }
}
