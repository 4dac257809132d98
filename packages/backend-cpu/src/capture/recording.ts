import type { CapturedCall, CapturedResults } from '@nt/tensor';
import { type EngineRecording, resultTensors, runKept } from '@nt/tensor/tfjs';
import { dispose, engine, keep, type Tensor, type TensorInfo, Variable } from '@tensorflow/tfjs-core';
import { DataId } from '../engine/data-id.ts';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import type { Arena } from './arena.ts';
import { type RecordedStep, Recorder } from './recorder.ts';
import { difference } from './same-steps.ts';
import { ThreadChoice } from './thread-choice.ts';

type Body = (inputs: readonly Tensor[]) => CapturedResults<Tensor>;

/** A tensor from outside as it was when it was recorded. */
interface Seen {
  readonly tensor: TensorInfo;
  readonly dataId: object;
  readonly offset: number;
  /** The choice of kernels for little data goes by it. */
  readonly isQuick: boolean;
}

/** What one run of a function had the engine do, in memory of its own. */
export class Recording implements EngineRecording {
  readonly steps: readonly RecordedStep[];
  readonly results: CapturedResults<Tensor>;
  readonly problem: string | undefined;
  #outputs: readonly Tensor[];
  readonly #backend: NtCpuBackend;
  readonly #arena: Arena;
  readonly #inputs: readonly Tensor[];
  readonly #uses: readonly Seen[];
  readonly #variables: readonly Seen[];
  readonly #constants: readonly object[];
  readonly #held: readonly object[];
  readonly #changed: readonly object[];
  readonly #threads: ThreadChoice;

  /** Runs the function. What it throws passes, and nothing is left over but the arena. */
  constructor(backend: NtCpuBackend, arena: Arena, { inputs, uses = [] }: CapturedCall<Tensor>, body: Body) {
    this.#backend = backend;
    this.#arena = arena;
    const recorder = new Recorder();
    const { heap } = backend;
    this.#inputs = heap.within(arena, () => inputs.map((input) => this.#place(input, recorder)));
    try {
      this.results = heap.within(arena, () => backend.recordings.record(recorder, () => runKept(this.#inputs, body)));
    } catch (error) {
      dispose([...this.#inputs]);
      for (const dataId of recorder.held) backend.disposeData(dataId);
      throw error;
    }
    this.#outputs = resultTensors(this.results);
    this.steps = recorder.steps;
    const foreign = this.#outputs.some((output) => !arena.isLiving(this.#seen(output).offset));
    this.problem = recorder.problem ?? (foreign ? 'it returns a tensor that it has not made' : undefined);
    this.#uses = uses.map((tensor) => this.#seen(tensor));
    const others = recorder.outsideBut(uses);
    this.#variables = others.filter((tensor) => tensor instanceof Variable).map((tensor) => this.#seen(tensor));
    this.#constants = others.filter((tensor) => !(tensor instanceof Variable)).map(({ dataId }) => dataId);
    for (const dataId of this.#constants) backend.incRef(dataId);
    this.#held = [...this.#constants, ...recorder.held];
    this.#threads = new ThreadChoice(backend.runner, workOf(this.steps));
    this.#changed = [...recorder.takenOver, ...this.#outputs.map(({ dataId }) => dataId)];
  }

  #place(input: Tensor, recorder: Recorder): Tensor {
    const backend = this.#backend;
    const storage = backend.storageOf(input);
    if (storage !== 'float' && storage !== 'int') recorder.fail(`an input of type ${input.dtype}`);
    const info = backend.allocate(input.shape, input.dtype, storage ?? 'float');
    const copy = keep(engine().makeTensorFromTensorInfo(info, backend as never));
    copyValues(backend, input, copy);
    if (backend.areQuick({ input })) backend.markQuick([copy]);
    recorder.made(info.dataId);
    return copy;
  }

  #seen(tensor: TensorInfo): Seen {
    const backend = this.#backend;
    return { tensor, dataId: tensor.dataId, offset: backend.offsetOf(tensor), isQuick: backend.areQuick({ tensor }) };
  }

  fits(uses: readonly Tensor[] = []): boolean {
    if (uses.length !== this.#uses.length) return false;
    // Plain loops: they look at some hundred tensors in every update.
    for (let i = 0; i < uses.length; i++) if (!this.#isSame(this.#uses[i]!, uses[i]!)) return false;
    for (const seen of this.#variables) if (!this.#isSame(seen, seen.tensor)) return false;
    return true;
  }

  get isAlive(): boolean {
    const isThere = ({ dataId }: Seen): boolean => this.#backend.refCount(dataId) > 0;
    return (
      this.#uses.every(isThere) && this.#variables.every((seen) => isThere(seen) && seen.tensor.dataId === seen.dataId)
    );
  }

  #isSame({ dataId, offset, isQuick }: Seen, now: TensorInfo): boolean {
    if (now.dataId !== dataId) return false;
    if (dataId instanceof DataId) return dataId.bucket?.liesAt(offset, isQuick) ?? false;
    const backend = this.#backend;
    return backend.refCount(dataId) > 0 && backend.offsetOf(now) === offset && backend.areQuick({ now }) === isQuick;
  }

  differenceFrom(other: EngineRecording): string | undefined {
    const before = (other as Recording).#constants;
    const areSame = before.length === this.#constants.length && before.every((id, i) => id === this.#constants[i]);
    // Another tensor may lie where the one before lay.
    return areSame
      ? difference((other as Recording).steps, this.steps)
      : 'a tensor from outside was not the same twice';
  }

  repeat(inputs: readonly Tensor[]): CapturedResults<Tensor> {
    const backend = this.#backend;
    this.#threads.run(() => {
      for (const [i, input] of inputs.entries()) copyValues(backend, input, this.#inputs[i]!);
      backend.heap.poisonFree(this.#arena);
      backend.recordings.repeat(this.steps);
    });
    backend.forgetScalars(this.#changed);
    return this.results;
  }

  leaveResults(): CapturedResults<Tensor> {
    this.#outputs = [];
    return this.results;
  }

  dispose(): void {
    dispose([...this.#outputs, ...this.#inputs]);
    for (const dataId of this.#held) this.#backend.disposeData(dataId);
  }
}

const workOf = (steps: readonly RecordedStep[]): number =>
  steps.reduce((total, step) => total + (step.kind === 'command' ? step.command.work : 0), 0);

/** Overwrites a tensor in the heap with the values of another of its size and type. */
function copyValues(backend: NtCpuBackend, from: Tensor, to: Tensor): void {
  const values = backend.valuesOutside(from);
  const [destination, count] = [backend.offsetOf(to), from.size];
  if (values) backend.heap.write(destination, values);
  else if (count > 0) {
    const [source, strides] = [backend.offsetOf(from), [1]];
    const call = { source, destination, sizes: [count], sourceStrides: strides, destinationStrides: strides };
    backend.kernels.copy(call);
  }
}
