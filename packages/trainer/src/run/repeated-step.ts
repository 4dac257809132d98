import {
  type CapturedResults,
  type CaptureReport,
  type CaptureSite,
  elementwiseRule,
  type NetworkOps,
  type Tensor,
} from '@nt/tensor';
import { takeApart } from './take-apart.ts';

/** One run of a step: what goes in, and what else decides what it does. */
export interface StepCall<I> {
  readonly inputs: I;
  /** Of the random key of this run. */
  readonly counter: number;
  readonly key: string;
}

type Body<Results, I> = (inputs: I, random: { readonly seed: number; readonly counter: number }) => Results;

const copyRule = /* @__PURE__ */ elementwiseRule({
  name: 'copyResult',
  inputs: ['x'],
  scalars: [],
  definitions: [],
  outputs: [['y', 'x']],
});

/**
 * The part of a step that only the values of its tensors and its random key change. With a site the engine records and
 * repeats it; without one, and for inputs that are not plain, it is run each time.
 */
export class RepeatedStep<T extends Tensor> {
  readonly #ops: NetworkOps<T>;
  readonly #site: CaptureSite<T> | undefined;
  /** One object for all runs: what is asked again in a repetition reads it. */
  readonly #random: { readonly seed: number; counter: number };
  #isBorrowed = false;

  constructor(ops: NetworkOps<T>, site: CaptureSite<T> | undefined, seed: number) {
    this.#ops = ops;
    this.#site = site;
    this.#random = { seed, counter: 0 };
  }

  run<I, Results extends CapturedResults<T>>({ inputs, counter, key }: StepCall<I>, body: Body<Results, I>): Results {
    this.#random.counter = counter;
    const parts = this.#site && takeApart<T, I>(inputs);
    this.#isBorrowed = parts !== undefined;
    if (!this.#site || !parts) return body(inputs, { ...this.#random });
    const call = { inputs: parts.tensors, key: `${key} ${parts.key}` };
    return this.#site.run(call, (tensors) => body(parts.rebuild(tensors), this.#random));
  }

  /** Whether the last results belong to the engine: they are valid until the next run and nobody else may free them. */
  get isBorrowed(): boolean {
    return this.#isBorrowed;
  }

  /** A result of the last run that may be kept and must be freed. */
  own(result: T): T {
    return this.#isBorrowed ? this.#ops.elementwise(copyRule, { x: result }, {}).y : result;
  }

  report(): CaptureReport | null {
    return this.#site?.report() ?? null;
  }

  dispose(): void {
    this.#site?.dispose();
  }
}
