import { elementwiseRule, type NetworkOps, type Tensor } from '@nt/tensor';
import type { LossSum } from './run-state.ts';

const addWeighted = elementwiseRule({
  name: 'addWeightedLoss',
  inputs: ['sum', 'loss'],
  scalars: ['weight'],
  definitions: [],
  outputs: [['sum', ['+', 'sum', ['*', 'loss', 'weight']]]],
});

/** Sums weighted losses on the device, so that an update need not wait for its loss. */
export class MeanLoss<T extends Tensor> {
  readonly #ops: NetworkOps<T>;
  #sum: T;
  #weight: number;

  constructor(ops: NetworkOps<T>, start: LossSum) {
    this.#ops = ops;
    this.#sum = ops.tensor([start.sum], []);
    this.#weight = start.weight;
  }

  /** Adds a rank-0 loss; `scale` is what the loss was multiplied by. The loss stays the caller's. */
  add(loss: T, weight: number, scale: number): void {
    const { sum } = this.#ops.elementwise(addWeighted, { sum: this.#sum, loss }, { weight: weight / scale });
    this.#sum.dispose();
    this.#sum = sum;
    this.#weight += weight;
  }

  /** What has been added since the last `take`, without forgetting it. Waits for the device. */
  async peek(): Promise<LossSum> {
    return { sum: (await this.#sum.data())[0]!, weight: this.#weight };
  }

  /** What has been added since the last `take`. Waits for the device. */
  async take(): Promise<LossSum> {
    const taken = await this.peek();
    this.#sum.dispose();
    this.#sum = this.#ops.tensor([0], []);
    this.#weight = 0;
    return taken;
  }

  dispose(): void {
    this.#sum.dispose();
  }
}
