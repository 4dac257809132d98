import { elementwiseRule, type NetworkOps, type Tensor, type Variable } from '@nt/tensor';
import type { LossSum } from './run-state.ts';

const addWeighted = elementwiseRule({
  name: 'addWeightedLoss',
  inputs: ['sum', 'loss'],
  scalars: ['weight'],
  definitions: [],
  outputs: [['sum', ['+', 'sum', ['*', 'loss', 'weight']]]],
});

/** Back to 0 where it is, since a recording looks for the sum at its place; of NaN and ∞ too, which no product brings back. */
const forget = elementwiseRule({
  name: 'forgetLosses',
  inputs: ['sum'],
  scalars: [],
  definitions: [],
  outputs: [['sum', ['<', 'sum', 'sum']]],
});

/** Sums weighted losses on the device, so that an update need not wait for its loss. */
export class MeanLoss<T extends Tensor> {
  readonly #ops: NetworkOps<T>;
  readonly #sum: Variable<T>;
  #weight: number;
  /** What the loss that is added next is multiplied by. */
  #factor = 0;

  /** @param name of its variable: unique among those of the engine */
  constructor(ops: NetworkOps<T>, name: string, start: LossSum) {
    this.#ops = ops;
    const sum = ops.tensor([start.sum], []);
    this.#sum = ops.variable(sum, { name });
    ops.dispose(sum);
    this.#weight = start.weight;
  }

  /** Announces the loss that is added next; `scale` is what it was multiplied by. */
  count(weight: number, scale: number): void {
    this.#factor = weight / scale;
    this.#weight += weight;
  }

  /** Adds the rank-0 loss that was announced; it stays the caller's. Part of a step that may be recorded and repeated. */
  add(loss: T): void {
    const late = (): { weight: number } => ({ weight: this.#factor });
    this.#put(this.#ops.elementwise(addWeighted, { sum: this.#sum, loss }, late(), { donate: ['sum'], late }).sum);
  }

  #put(sum: T): void {
    this.#sum.assign(sum);
    this.#ops.dispose(sum);
  }

  /** What has been added since the last `take`, without forgetting it. Waits for the device. */
  async peek(): Promise<LossSum> {
    return { sum: (await this.#sum.data())[0]!, weight: this.#weight };
  }

  /** What has been added since the last `take`. Waits for the device. */
  async take(): Promise<LossSum> {
    const taken = await this.peek();
    this.#put(this.#ops.elementwise(forget, { sum: this.#sum }, {}, { donate: ['sum'] }).sum);
    this.#weight = 0;
    return taken;
  }

  dispose(): void {
    this.#sum.dispose();
  }
}
