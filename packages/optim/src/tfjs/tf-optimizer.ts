import type { TensorOps, Variable } from '@nt/tensor';
import { registerGradients, tfjsTensorOps } from '@nt/tensor/tfjs';
import { engine, type serialization, type Tensor, Optimizer as TfTrainOptimizer } from '@tensorflow/tfjs-core';
import { createOptimizer } from '../create-optimizer.ts';
import { HostState } from '../driver/host-state.ts';
import type { OptimizerSnapshot } from '../driver/snapshot.ts';
import type { GradientTransform } from '../gradient-transform.ts';
import { OptimError } from '../optim-error.ts';
import type { Optimizer } from '../optimizer.ts';
import type { Hyperparameter } from '../options/hyperparameter.ts';
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
 * variables later is harmless. A variable that comes later (a layer that is unfrozen) is taken in with fresh state, one
 * without a gradient stays as it is with its state: as PyTorch's `add_param_group` and parameters whose `grad` is None.
 */
export class TfOptimizer extends TfTrainOptimizer {
  readonly #settings: TfOptimizerSettings;
  readonly #ops: TensorOps<Tensor>;
  #driver: Optimizer<Tensor> | undefined;
  #names: readonly string[] = [];
  /** What `setWeights` gave before there were variables. */
  #pending: OptimizerSnapshot | undefined;
  /** What `learningRate` was set to before there were variables. */
  #pendingRate: Hyperparameter | undefined;
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
   * The rate of the next update, as tf's own optimizers have it. Set it to a number or a schedule; a number passes into
   * saved models.
   *
   * @throws OptimError `optim/hyperparameter` when the transform has no or several rates (then `driver.setHyperparameter`),
   *   `optim/out-of-range`
   */
  get learningRate(): number {
    const { transform } = this.#settings;
    if (this.#driver) return this.#driver.hyperparameter(rateName(transform));
    const host = new HostState(transform.steps);
    host.resetValues(this.#pending?.header.hyperparameters ?? {});
    if (this.#pendingRate !== undefined) host.set(rateName(transform), this.#pendingRate);
    return host.value(rateName(transform), this.iterations);
  }

  set learningRate(value: Hyperparameter) {
    const name = rateName(this.#settings.transform);
    if (this.#driver) {
      this.#driver.setHyperparameter(name, value);
      return;
    }
    new HostState(this.#settings.transform.steps).set(name, value);
    this.#pendingRate = value;
  }

  /** The same as a function, as `tf.SGDOptimizer` has it. */
  setLearningRate(learningRate: Hyperparameter): void {
    this.learningRate = learningRate;
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
    if (this.#pendingRate !== undefined) driver.setHyperparameter(rateName(transform), this.#pendingRate);
    this.#pending = undefined;
    this.#pendingRate = undefined;
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
    const added = Object.keys(gradients).filter((name) => !this.#names.includes(name));
    if (added.length > 0) {
      driver.addParameters(Object.fromEntries(added.map((name) => [name, variableNamed(name)])));
      this.#names = [...this.#names, ...added];
    }
    driver.apply(gradients, { allowMissing: true });
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
    else {
      this.#pending = snapshot;
      this.#pendingRate = undefined;
    }
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

/** The one learning rate of a transform. */
function rateName({ name, steps }: GradientTransform): string {
  const rates = new HostState(steps).names.filter((one) => /(^|\.)learningRate(#\d+)?$/.test(one));
  if (rates.length === 1) return rates[0]!;
  throw new OptimError(
    'optim/hyperparameter',
    `learningRate: expected a transform with one learning rate; '${name}' has ${rates.join(', ') || 'none'}. Use optimizer.driver.setHyperparameter(name, value).`,
    { rates },
  );
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
