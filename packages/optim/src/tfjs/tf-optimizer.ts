import type { TensorOps, Variable } from '@nt/tensor';
import { registerGradients, tfjsTensorOps } from '@nt/tensor/tfjs';
import { engine, type serialization, type Tensor, Optimizer as TfTrainOptimizer } from '@tensorflow/tfjs-core';
import { createOptimizer } from '../create-optimizer.ts';
import type { OptimizerSnapshot } from '../driver/snapshot.ts';
import type { GradientTransform } from '../gradient-transform.ts';
import { OptimError } from '../optim-error.ts';
import type { Optimizer } from '../optimizer.ts';
import { fromNamedTensors, type NamedTensor, toNamedTensors } from './named-tensors.ts';
import { renameArrays } from './rename-arrays.ts';

/** What the adapter passes on to `createOptimizer`. */
export interface TfOptimizerSettings {
  readonly transform: GradientTransform;
  readonly className: string;
  readonly accumulate?: number;
  readonly skipNonFinite?: boolean;
}

/**
 * A `tf.Optimizer` around the driver; made by `asTfOptimizer`.
 *
 * It binds itself to the variables of the first gradients it gets. State is kept by variable name, so another order of
 * variables later is harmless, and another set of them an error (`optim/gradients`).
 */
export class TfOptimizer extends TfTrainOptimizer {
  readonly #settings: TfOptimizerSettings;
  readonly #ops: TensorOps<Tensor>;
  #driver: Optimizer<Tensor> | undefined;
  #names: readonly string[] = [];
  /** What `setWeights` gave before there were variables. */
  #pending: OptimizerSnapshot | undefined;
  /** Tensors of the last `getWeights`: tfjs does not free them, so the next call of anything does. */
  #exported: NamedTensor[] = [];

  constructor(settings: TfOptimizerSettings) {
    super();
    this.#settings = settings;
    // Those that tfjs-core leaves out: `minimize` needs them in a program without tfjs-layers.
    registerGradients();
    this.#ops = tfjsTensorOps();
  }

  /** The driver: hyperparameters, averaged weights, snapshots. Undefined until the first gradients or `bind`. */
  get driver(): Optimizer<Tensor> | undefined {
    return this.#driver;
  }

  /** Completed updates, as `iterations` of tf's own optimizers. */
  override get iterations(): number {
    return this.#driver?.completedUpdates ?? this.#pending?.header.completedUpdates ?? 0;
  }

  /**
   * Binds to variables before the first gradients come, to reach the driver at once.
   *
   * @throws OptimError `optim/parameters` when already bound
   */
  bind(variables: readonly Variable<Tensor>[]): Optimizer<Tensor> {
    if (this.#driver)
      throw new OptimError('optim/parameters', 'bind: this optimizer has its variables already; make another one.');
    const { transform, accumulate = 1, skipNonFinite = false } = this.#settings;
    const parameters = new Map(variables.map((variable) => [variable.name, variable]));
    const driver = createOptimizer<Tensor>({ ops: this.#ops, parameters, transform, accumulate, skipNonFinite });
    this.#names = [...parameters.keys()];
    if (this.#pending) driver.restore(renameArrays(this.#pending, this.#names));
    this.#pending = undefined;
    this.#driver = driver;
    return driver;
  }

  /** Called by `minimize`. Variables without a gradient are left out, as tf's optimizers do. */
  override applyGradients(variableGradients: Parameters<TfTrainOptimizer['applyGradients']>[0]): void {
    this.#freeExported();
    const pairs = Array.isArray(variableGradients)
      ? variableGradients.map(({ name, tensor }) => [name, tensor] as const)
      : Object.entries(variableGradients);
    const gradients = Object.fromEntries(pairs.filter(([, tensor]) => tensor));
    const driver = this.#driver ?? this.bind(Object.keys(gradients).map(variableNamed));
    driver.apply(gradients);
  }

  /** State as named tensors, `iter` first. They belong to the optimizer and live until its next call. */
  override async getWeights(): Promise<NamedTensor[]> {
    this.#freeExported();
    const snapshot = (await this.#driver?.snapshot()) ?? this.#pending;
    this.#exported = snapshot ? toNamedTensors(snapshot) : [];
    return this.#exported;
  }

  /** Takes what `getWeights` gave, also of a model that was saved and loaded. @throws OptimError `optim/snapshot-mismatch` */
  override async setWeights(weightValues: NamedTensor[]): Promise<void> {
    const snapshot = await fromNamedTensors(weightValues);
    if (this.#driver) this.#driver.restore(renameArrays(snapshot, this.#names));
    else this.#pending = snapshot;
  }

  override getClassName(): string {
    return this.#settings.className;
  }

  /** Only the transform's name: a recipe is a program, which `asTfOptimizer` must be given again before loading. */
  override getConfig(): serialization.ConfigDict {
    return { name: this.#settings.transform.name };
  }

  override dispose(): void {
    this.#freeExported();
    this.#driver?.dispose();
    this.#driver = undefined;
  }

  #freeExported(): void {
    for (const { tensor } of this.#exported) tensor.dispose();
    this.#exported = [];
  }
}

function variableNamed(name: string): Variable<Tensor> {
  const variable = engine().registeredVariables[name];
  if (variable) return variable as unknown as Variable<Tensor>;
  throw new OptimError(
    'optim/gradients',
    `applyGradients: there is no tf.Variable named '${name}'. Gradients must bear the names of variables.`,
    {
      name,
    },
  );
}
