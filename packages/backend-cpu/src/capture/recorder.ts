import { FunctionRecorder } from '@nt/tensor/tfjs';
import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { CommandRecorder, RecordedCommand } from './command-recorder.ts';

/** What a recording repeats: a command, or something that JavaScript does between two. */
export type RecordedStep =
  | { readonly kind: 'command'; readonly command: RecordedCommand }
  | { readonly kind: 'host'; readonly run: () => void; readonly wrote?: Int32Array };

/** Inherited kernels that hand the same data on. */
const passOn = new Set(['Identity', 'Reshape', 'Cast', 'ExpandDims', 'Squeeze']);

/** Listens to what a function has the engine do, too. */
export class Recorder extends FunctionRecorder implements CommandRecorder {
  readonly steps: RecordedStep[] = [];
  /** Data that must outlive the function, since repetitions ask for it by name: one reference each. */
  readonly held: object[] = [];
  /** Data that is the same in every repetition: made of what stands in the function. */
  readonly #constants = new WeakSet<object>();
  #mayRead = false;

  /** Somebody wants values in JavaScript. */
  read(): void {
    if (!this.#mayRead) this.fail('it reads values back');
  }

  command(command: RecordedCommand): void {
    if (!this.isPaused) this.steps.push({ kind: 'command', command });
  }

  host(run: () => void, wrote?: Int32Array): void {
    if (!this.isPaused) this.steps.push({ kind: 'host', run, ...(wrote && { wrote }) });
    this.unrecorded(run);
  }

  /** Something that JavaScript has just done and each repetition does again. */
  again(run: () => void, about: Int32Array): void {
    if (!this.isPaused) this.steps.push({ kind: 'host', run, wrote: about });
  }

  constant(dataId: object): void {
    this.#constants.add(dataId);
    super.made(dataId);
  }

  override made(dataId: object): void {
    this.#constants.delete(dataId);
    super.made(dataId);
  }

  /** Whether values are the same in every repetition. */
  areConstant(inputs: NamedTensorInfoMap): boolean {
    const tensors = Object.values(inputs) as (TensorInfo | undefined)[];
    return tensors.every((tensor) => !tensor || this.#constants.has(tensor.dataId));
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
