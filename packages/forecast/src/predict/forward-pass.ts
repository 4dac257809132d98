import type { Batch } from '@nt/data';
import type { Backend, CaptureSite, NeuralModel, Tensor, WindowTensors } from '@nt/tensor';
import type { Outputs } from '../heads/head.ts';
import { type CovariateCounts, windowTensors } from './window-tensors.ts';

/** What a forward pass needs. */
export interface ForwardPassOptions<T extends Tensor> {
  readonly backend: Backend<T>;
  readonly model: NeuralModel<T>;
  readonly counts: CovariateCounts;
}

/** Sends batches of windows through a network; where the engine can, what it has to do is recorded and repeated. */
export class ForwardPass<T extends Tensor> {
  readonly #options: ForwardPassOptions<T>;
  readonly #site: CaptureSite<T> | undefined;
  #isBeingRead = false;

  constructor(options: ForwardPassOptions<T>) {
    this.#options = options;
    this.#site = options.backend.captureSite?.();
  }

  /** The network's outputs for these windows; the caller's. */
  async run(batch: Batch, inputSize: number, horizon: number): Promise<Outputs> {
    const { backend, counts } = this.#options;
    // Results of the site are valid until its next run: whoever asks while they are being read does without it.
    const site = this.#isBeingRead ? undefined : this.#site;
    const outputs = backend.ops.tidy(() => {
      const window = windowTensors(backend.ops, batch, inputSize, horizon, counts);
      return site ? this.#repeat(site, window) : this.#forward(window);
    });
    this.#isBeingRead ||= site !== undefined;
    try {
      const values = await outputs.data();
      return values instanceof Float32Array || values instanceof Float64Array ? values : Float64Array.from(values);
    } finally {
      if (site) this.#isBeingRead = false;
      else outputs.dispose();
    }
  }

  #repeat(site: CaptureSite<T>, window: WindowTensors<T>): T {
    const names = Object.keys(window);
    const call = { inputs: Object.values<T>({ ...window }), key: names.join() };
    const named = (tensors: readonly T[]): WindowTensors<T> =>
      Object.fromEntries(names.map((name, i) => [name, tensors[i]])) as never;
    return site.run(call, (tensors) => ({ outputs: this.#forward(named(tensors)) })).outputs;
  }

  #forward(window: WindowTensors<T>): T {
    return this.#options.model.forward(window, { training: false, random: { seed: 0, counter: 0 } });
  }

  /** Frees recordings; the network stays. */
  dispose(): void {
    this.#site?.dispose();
  }
}
