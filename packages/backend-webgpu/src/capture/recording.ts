import type { CapturedCall, CapturedResults } from '@nt/tensor';
import { type EngineRecording, resultTensors, runKept } from '@nt/tensor/tfjs';
import { dispose, engine, keep, type Tensor, type TensorInfo, util, Variable } from '@tensorflow/tfjs-core';
import { type BufferRange, type GpuBuffer, tensorUsage } from '../engine/tfjs-webgpu.ts';
import { hostWords } from './host-words.ts';
import { type RecordedCommand, type RecordedWrite, Recorder } from './recorder.ts';
import type { RecordingWebgpu } from './recording-webgpu.ts';
import { difference } from './same-commands.ts';
import type { WebgpuArena } from './webgpu-arena.ts';

type Body = (inputs: readonly Tensor[]) => CapturedResults<Tensor>;

/** A tensor from outside as it was when it was recorded. */
interface Seen {
  readonly tensor: TensorInfo;
  readonly dataId: object;
  /** The buffer, or the block of the heap. */
  readonly resource: object | null | undefined;
}

/** Where the commands leave a result: others may have moved the tensor since. */
interface Origin extends Seen {
  readonly range: BufferRange;
  readonly bytes: number;
}

/** Where the commands find an input. */
interface Place {
  readonly tensor: Tensor;
  /** Undefined where there is nothing to copy. */
  readonly buffer: GpuBuffer | undefined;
}

/** What one run of a function had the device do, in memory of its own. */
export class Recording implements EngineRecording {
  readonly commands: readonly RecordedCommand[];
  readonly writes: readonly RecordedWrite[];
  readonly results: CapturedResults<Tensor>;
  readonly problem: string | undefined;
  #outputs: readonly Tensor[];
  readonly #backend: RecordingWebgpu;
  readonly #places: readonly Place[];
  readonly #heap: GpuBuffer | undefined;
  readonly #uses: readonly Seen[];
  readonly #variables: readonly Seen[];
  readonly #constants: readonly Seen[];
  readonly #origins: readonly Origin[];
  readonly #changed: readonly object[];
  readonly #givesInput: boolean;
  readonly #fitsNever: boolean;

  /** Runs the function. What it throws passes, and nothing is left over but the arena. */
  constructor(backend: RecordingWebgpu, arena: WebgpuArena, { inputs, uses = [] }: CapturedCall<Tensor>, body: Body) {
    this.#backend = backend;
    // The host's writes overtake what was not submitted, which may use buffers that the recording gets.
    backend.recordings.submit();
    const recorder = new Recorder();
    this.#heap = backend.heap.buffer;
    this.#places = inputs.map((input) => this.#place(input, arena, recorder));
    const placed = this.#places.map(({ tensor }) => tensor);
    try {
      this.results = backend.recordings.record(recorder, arena, () => this.#run(placed, body));
    } catch (error) {
      dispose(placed);
      throw error;
    }
    this.#outputs = resultTensors(this.results);
    for (const { dataId } of this.#outputs) backend.markReplaced(dataId);
    this.#origins = this.#outputs
      .filter(({ size }) => size > 0)
      .map((output) => ({
        ...this.#seen(output),
        range: backend.tensorToBinding(output),
        bytes: 4 * output.size,
      }));
    this.commands = recorder.commands;
    this.writes = recorder.writes;
    this.#fitsNever = recorder.hasMovedOutside;
    this.#givesInput = this.#outputs.some(({ dataId }) => placed.some((input) => input.dataId === dataId));
    this.#uses = uses.map((tensor) => this.#seen(tensor));
    const found = recorder.outsideBut(uses);
    const others = found.filter(({ dataId }) => backend.tensorMap.has(dataId));
    if (others.length < found.length) recorder.fail('it frees a tensor that it has not made');
    if (this.#outputs.some(({ dataId }) => !recorder.hasMade(dataId)))
      recorder.fail('it returns a tensor that it has not made');
    this.problem = recorder.problem;
    this.#variables = others.filter((tensor) => tensor instanceof Variable).map((tensor) => this.#seen(tensor));
    this.#constants = others.filter((tensor) => !(tensor instanceof Variable)).map((tensor) => this.#seen(tensor));
    for (const { dataId } of this.#constants) backend.incRef(dataId);
    // Uses, variables and results: what was written over and is of the function itself is gone by now.
    const overwritten = [...recorder.takenOver].filter((dataId) => backend.tensorMap.has(dataId));
    this.#changed = [...overwritten, ...this.#outputs.map(({ dataId }) => dataId)];
  }

  /** Results that the function has from the host are put on the device, too. */
  #run(inputs: readonly Tensor[], body: Body): CapturedResults<Tensor> {
    const results = runKept(inputs, body);
    for (const { dataId, size } of resultTensors(results)) if (size > 0) this.#backend.uploadToGPU(dataId);
    return results;
  }

  #place(input: Tensor, arena: WebgpuArena, recorder: Recorder): Place {
    const backend = this.#backend;
    const { dtype } = backend.tensorMap.get(input.dataId);
    if (dtype === 'complex64' || dtype === 'string') {
      recorder.fail(`an input of type ${dtype}`);
      return { tensor: keep(input.clone()), buffer: undefined };
    }
    const { dataId } = backend.makeTensorInfo([...input.shape], dtype, util.getTypedArrayFromDType(dtype, 0));
    recorder.made(dataId);
    const tensor = keep(engine().makeTensorFromTensorInfo({ dataId, shape: input.shape, dtype: input.dtype }, backend));
    if (input.size === 0) return { tensor, buffer: undefined };
    const buffer = arena.bufferOnce(4 * input.size, tensorUsage);
    Object.assign(backend.tensorMap.get(dataId), { values: null, resource: buffer });
    this.#copy(input, buffer);
    return { tensor, buffer };
  }

  #copy(input: Tensor, buffer: GpuBuffer): void {
    const backend = this.#backend;
    const { values, resource, dtype } = backend.tensorMap.get(input.dataId);
    if (resource) backend.copy(backend.tensorToBinding(input), { buffer }, 4 * input.size);
    else backend.queue.writeBuffer(buffer, 0, hostWords(values as ArrayLike<number>, dtype));
  }

  #seen(tensor: TensorInfo): Seen {
    const { dataId } = tensor;
    const { tensorMap } = this.#backend;
    return { tensor, dataId, resource: tensorMap.has(dataId) ? tensorMap.get(dataId).resource : undefined };
  }

  fits(uses: readonly Tensor[] = []): boolean {
    if (this.#fitsNever || uses.length !== this.#uses.length || this.#backend.heap.buffer !== this.#heap) return false;
    // Plain loops: they look at some hundred tensors in every update.
    for (let i = 0; i < uses.length; i++) if (!this.#isSame(this.#uses[i]!, uses[i]!)) return false;
    for (const seen of this.#variables) if (!this.#isSame(seen, seen.tensor)) return false;
    for (const seen of this.#constants) if (!this.#isSame(seen, seen)) return false;
    return true;
  }

  #isSame({ dataId, resource }: Seen, now: { readonly dataId: object }): boolean {
    const { tensorMap } = this.#backend;
    return now.dataId === dataId && tensorMap.has(dataId) && tensorMap.get(dataId).resource === resource;
  }

  get isAlive(): boolean {
    const isThere = ({ dataId }: Seen): boolean => this.#backend.refCount(dataId) > 0;
    return (
      this.#uses.every(isThere) && this.#variables.every((seen) => isThere(seen) && seen.tensor.dataId === seen.dataId)
    );
  }

  differenceFrom(other: EngineRecording): string | undefined {
    const before = (other as Recording).#constants;
    const areSame = before.length === this.#constants.length;
    // Another tensor may lie where the one before lay.
    if (!areSame || before.some(({ dataId }, i) => dataId !== this.#constants[i]!.dataId))
      return 'a tensor from outside was not the same twice';
    return difference(other as Recording, this);
  }

  repeat(inputs: readonly Tensor[]): CapturedResults<Tensor> {
    const backend = this.#backend;
    // The host's writes overtake what was not submitted: somebody may be about to read the input of the last repetition.
    if (this.#givesInput) backend.recordings.submit();
    for (const [i, { buffer }] of this.#places.entries()) if (buffer) this.#copy(inputs[i]!, buffer);
    for (const { buffer, late } of this.writes) if (late) backend.queue.writeBuffer(buffer, late.at, late.values());
    backend.recordings.repeat(this.commands);
    for (const { tensor, resource, range, bytes } of this.#origins)
      if (backend.tensorMap.get(tensor.dataId).resource !== resource)
        backend.copy(range, backend.tensorToBinding(tensor), bytes);
    backend.recordings.submit();
    for (const dataId of this.#changed) backend.tensorMap.get(dataId).values = null;
    return this.results;
  }

  leaveResults(): CapturedResults<Tensor> {
    this.#outputs = [];
    return this.results;
  }

  dispose(): void {
    dispose([...this.#outputs, ...this.#places.map(({ tensor }) => tensor)]);
    for (const { dataId } of this.#constants) this.#backend.disposeData(dataId);
  }
}
