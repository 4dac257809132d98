import { type NamedTensorInfoMap, type TensorInfo, Variable } from '@tensorflow/tfjs-core';
import type { CommandRecorder, RecordedCommand } from './command-recorder.ts';

/** What a recording repeats: a command, or something that JavaScript does between two. */
export type RecordedStep =
  | { readonly kind: 'command'; readonly command: RecordedCommand }
  | { readonly kind: 'host'; readonly run: () => void; readonly wrote?: Int32Array };

/** Inherited kernels that hand the same data on. */
const passOn = new Set(['Identity', 'Reshape', 'Cast', 'ExpandDims', 'Squeeze']);

/** Listens while a function runs: what it has the engine do, which tensors it finds outside, and why it cannot be repeated. */
export class Recorder implements CommandRecorder {
  readonly steps: RecordedStep[] = [];
  /** Data from outside, by whoever was seen first to hold it. */
  readonly outside: Map<object, TensorInfo> = new Map();
  /** Data that must outlive the function, since repetitions ask for it by name: one reference each. */
  readonly held: object[] = [];
  /** Data that is written over in place. */
  readonly takenOver: Set<object> = new Set();
  /** Data that is the same in every repetition: made of what stands in the function. */
  readonly #constants = new WeakSet<object>();
  readonly #made = new WeakSet<object>();
  #isPaused = false;
  #mayRead = false;
  #problem: string | undefined;

  /** Why the function cannot be repeated; undefined while nothing speaks against it. */
  get problem(): string | undefined {
    return this.#problem;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  fail(problem: string): void {
    if (!this.#isPaused) this.#problem ??= problem;
  }

  /** Somebody wants values in JavaScript. */
  read(): void {
    if (!this.#mayRead) this.fail('it reads values back');
  }

  command(command: RecordedCommand): void {
    if (!this.#isPaused) this.steps.push({ kind: 'command', command });
  }

  host(run: () => void, wrote?: Int32Array): void {
    if (!this.#isPaused) this.steps.push({ kind: 'host', run, ...(wrote && { wrote }) });
    this.unrecorded(run);
  }

  /** Something that JavaScript has just done and each repetition does again. */
  again(run: () => void, about: Int32Array): void {
    if (!this.#isPaused) this.steps.push({ kind: 'host', run, wrote: about });
  }

  unrecorded<Result>(run: () => Result): Result {
    const before = this.#isPaused;
    this.#isPaused = true;
    try {
      return run();
    } finally {
      this.#isPaused = before;
    }
  }

  constant(dataId: object): void {
    this.#constants.add(dataId);
  }

  made(dataId: object): void {
    this.#constants.delete(dataId);
    this.#made.add(dataId);
  }

  /** Whether values are the same in every repetition. */
  areConstant(inputs: NamedTensorInfoMap): boolean {
    const tensors = Object.values(inputs) as (TensorInfo | undefined)[];
    return tensors.every((tensor) => !tensor || this.#constants.has(tensor.dataId));
  }

  kernel(inputs: NamedTensorInfoMap): void {
    for (const name in inputs) {
      const tensor = inputs[name] as TensorInfo | undefined;
      if (!tensor || this.#made.has(tensor.dataId) || this.#constants.has(tensor.dataId)) continue;
      const known = this.outside.get(tensor.dataId);
      if (!known || (tensor instanceof Variable && !(known instanceof Variable)))
        this.outside.set(tensor.dataId, tensor);
    }
  }

  /** A kernel of the stock engine computes in JavaScript: no command says what it has done. Constants it may read. */
  inherited<Result>(kernelName: string, inputs: NamedTensorInfoMap, run: () => Result): Result {
    const isConstant = this.areConstant(inputs);
    if (!isConstant && !passOn.has(kernelName)) this.fail(`${kernelName} runs in JavaScript here`);
    const before = this.#mayRead;
    this.#mayRead = isConstant;
    try {
      return run();
    } finally {
      this.#mayRead = before;
    }
  }
}
