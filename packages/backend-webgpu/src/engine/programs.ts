import { type BufferRange, type ComputePipeline, type GpuBuffer, type TfjsWebgpu, usages } from './tfjs-webgpu.ts';

/** One run of a shader. Its binding 0 is `parameters`, the others follow in order. */
export interface ProgramCall {
  /** Which shader it is: the same name, the same code. */
  readonly name: string;
  readonly code: () => string;
  readonly parameters: ArrayBuffer;
  readonly bindings: readonly BufferRange[];
  readonly workgroups: number;
}

/** Commands between two submissions, as tfjs has it: a device should begin before a whole update is written. */
const commandsPerSubmission = 15;

/** The shaders of one device, compiled when they are first run. */
export class Programs {
  readonly #backend: TfjsWebgpu;
  readonly #pipelines = new Map<string, ComputePipeline>();

  constructor(backend: TfjsWebgpu) {
    this.#backend = backend;
  }

  /** Puts a run behind all commands so far. */
  run(call: ProgramCall): void {
    const backend = this.#backend;
    const pipeline = this.#pipeline(call);
    const ranges = [{ buffer: this.#upload(call.parameters) }, ...call.bindings];
    const group = backend.device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: ranges.map((resource, binding) => ({ binding, resource })),
    });
    backend.ensureCommandEncoderReady();
    backend.computePassEncoder ??= backend.commandEncoder!.beginComputePass();
    backend.computePassEncoder.setPipeline(pipeline);
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

  #upload(parameters: ArrayBuffer): GpuBuffer {
    const backend = this.#backend;
    const usage = usages.storage | usages.copyDestination;
    const buffer = backend.bufferManager.acquireBuffer(parameters.byteLength, usage);
    // Written before the commands that were not submitted yet, so nobody else may have it until they are.
    backend.device.queue.writeBuffer(buffer, 0, parameters);
    backend.uniformPendingDisposal.push(buffer);
    return buffer;
  }

  #pipeline({ name, code }: ProgramCall): ComputePipeline {
    const known = this.#pipelines.get(name);
    if (known) return known;
    const { device } = this.#backend;
    const module = device.createShaderModule({ code: code(), label: name });
    const pipeline = device.createComputePipeline({
      label: name,
      layout: 'auto',
      compute: { module, entryPoint: 'main' },
    });
    this.#pipelines.set(name, pipeline);
    return pipeline;
  }
}
