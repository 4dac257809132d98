import type { CaptureSite, Tensor, TensorOps, Variable } from '@nt/tensor';
import type { OpenSnapshot, OptimizerSnapshot } from './driver/snapshot.ts';
import type { GradientTransform } from './gradient-transform.ts';
import type { Hyperparameter } from './options/hyperparameter.ts';

/** Options of `createOptimizer`. */
export interface OptimizerOptions<T extends Tensor> {
  /** The engine that the parameters live on. */
  readonly ops: TensorOps<T>;
  /** Name → variable. These names are the keys of gradients and state, whatever `Variable.name` says. */
  readonly parameters: ReadonlyMap<string, Variable<T>> | Readonly<Record<string, Variable<T>>>;
  /** What turns gradients into updates: a recipe, or a `chain`. */
  readonly transform: GradientTransform;
  /** Micro-batches per update; the update uses the mean of their gradients. Default 1. */
  readonly accumulate?: number;
  /** Where updates are recorded and repeated, of the same engine (`backend.captureSite()`); default none. Stays the caller's. */
  readonly captureSite?: CaptureSite<T> | undefined;
  /**
   * Leave weights and state as they are when the norm of all gradients is NaN or infinite (in float32 also beyond
   * 1.8e19): decided on the device, nothing is read back. See `settle`. Default false.
   */
  readonly skipNonFinite?: boolean;
}

/** Options of `Optimizer.apply`. */
export interface ApplyOptions<T extends Tensor> {
  /** Gradients are multiplied by it before anything looks at them (1 / loss scale). Number or rank-0; default 1. */
  readonly gradientScale?: number | T;
  /** 0 closes it: weights, state and `completedUpdates` stay as they were. Number or rank-0; default open. */
  readonly gate?: number | T;
  /** Make `lastGradientNorm` available although no clip and no finite check needs it. Default false. */
  readonly measureNorm?: boolean;
  /**
   * Parameters without a gradient stay as they are, as PyTorch's whose `grad` is None: state, bias corrections and averages
   * of each go by the updates that it took part in. Default false: a missing gradient is an error.
   */
  readonly allowMissing?: boolean;
}

/**
 * Applies gradients to parameters: the only part of this package that counts updates, holds state and frees memory.
 * Made by `createOptimizer`.
 */
export interface Optimizer<T extends Tensor> {
  /**
   * One micro-batch; with `accumulate: 1`, one update. In this order: accumulate → unscale → finite check → the chain.
   * Nothing is read back from the device.
   *
   * @param gradients one for each parameter, of its shape; they stay the caller's to dispose
   * @returns whether this call made an update (false: only accumulated, or closed by a `gate` that is a number)
   * @throws OptimError `optim/gradients`, `optim/weights-in-use`, `optim/busy`, `optim/disposed`, `optim/out-of-range`
   */
  apply(gradients: Readonly<Record<string, T>>, options?: ApplyOptions<T>): boolean;
  /** Updates now with the mean of the micro-batches so far, e.g. at the end of an epoch. @returns false without any */
  flush(): boolean;
  /**
   * Whether the last update was applied. Reads one number when its gate was on the device (a `gate` tensor or
   * `skipNonFinite`) and then corrects `completedUpdates`; otherwise reads nothing. Call it before the next `apply`:
   * an update that is not settled by then counts as completed, also in bias corrections, though weights and moments
   * have not moved.
   */
  settle(): Promise<boolean>;
  /** Updates that have been applied; schedules are functions of it. */
  readonly completedUpdates: number;
  /** Micro-batches in the accumulator: 0 … `accumulate` − 1. */
  readonly pendingMicroBatches: number;
  /**
   * Rank-0 norm of the last update's gradients (mean, unscaled, not clipped); the optimizer's, valid until the next.
   * Undefined unless `clipByGlobalNorm` came first, or `skipNonFinite` or `measureNorm` asked for it.
   */
  readonly lastGradientNorm: T | undefined;

  /** The value that the next update will use. @throws OptimError `optim/hyperparameter` */
  hyperparameter(name: string): number;
  /** All of them, for logs. A second one of the same name ends in `#2`; `onlyFor` may put a prefix before it. */
  hyperparameters(): Readonly<Record<string, number>>;
  /** Replaces number or schedule. Numbers pass into snapshots, functions do not. @throws OptimError */
  setHyperparameter(name: string, value: Hyperparameter): void;

  /** Whether there are other weights to evaluate with: an average, or those of `scheduleFreeAdamw`. */
  readonly hasEvaluationWeights: boolean;
  readonly weightsInUse: 'training' | 'evaluation';
  /** Puts the averaged weights into the parameters. Meanwhile `apply` throws. Twice is harmless. */
  useEvaluationWeights(): void;
  /** Puts the trained weights back, the same bits. Twice is harmless. */
  useTrainingWeights(): void;

  /**
   * Takes in more parameters, e.g. those of a layer that is unfrozen (PyTorch's `add_param_group`): their state begins with
   * their first update, schedules go on. A snapshot taken afterwards needs an optimizer with all of them.
   *
   * @throws OptimError `optim/parameters` for one that is there already, `optim/transform`
   */
  addParameters(parameters: OptimizerOptions<T>['parameters']): void;

  /** State to save beside the training weights. Await it before the next `apply`. */
  snapshot(): Promise<OptimizerSnapshot>;
  /**
   * The same for state that is to be written and not kept: each array is read when `use` asks for it, so that they are
   * never all in memory. Until `use` has ended, `apply` throws `optim/busy`.
   */
  withSnapshot<Result>(use: (snapshot: OpenSnapshot) => Promise<Result>): Promise<Result>;
  /**
   * Continues from a snapshot: with the same weights, the bits of an uninterrupted run. All or nothing.
   *
   * @throws OptimError `optim/snapshot-mismatch` listing every difference
   */
  restore(snapshot: OptimizerSnapshot): void;
  /** Frees the state; the parameters stay, with their training weights. */
  dispose(): void;
}
