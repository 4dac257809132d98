import type { Expression, Tensor, TensorOps } from '@nt/tensor';
import type { HyperparameterSetting } from './options/hyperparameter.ts';

/** What a predicate or a transform may know of a parameter. */
export interface ParameterInfo {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Chooses parameters by name or shape, e.g. `({ shape }) => shape.length > 1`. */
export type ParameterPredicate = (parameter: ParameterInfo) => boolean;

/** What a slot holds before the first update: one number everywhere, or a copy of the parameter. */
export type SlotStart = number | 'weight';

/** Host numbers at the beginning of an update. */
export interface StepContext<Hyper extends string = string, Carried extends string = string> {
  /** Updates completed before this one. */
  readonly completedUpdates: number;
  readonly hyperparameters: Readonly<Record<Hyper, number>>;
  /** What `carry` gave for the last completed update. */
  readonly carried: Readonly<Record<Carried, number>>;
}

/** Names that a step's arithmetic may mention; all are expressions of one elementwise rule. */
export interface StepSymbols<Slot extends string = string, Scalar extends string = string> {
  /** The gradient as the steps before left it. */
  readonly gradient: Expression;
  /** The gradient times a scalar: one product for this factor and those that the steps before left. */
  scaledGradient(factor: Expression): Expression;
  /** The weight as the steps before left it. */
  readonly weight: Expression;
  /** A slot's value before this update. */
  slot(name: Slot): Expression;
  /** A hyperparameter, or a number of `scalars`. */
  scalar(name: Scalar): Expression;
  /** A number or rank-0 tensor that `measure` gave. */
  measured(name: string): Expression;
  /** A tensor of the parameter's shape that `measure` gave. */
  input(name: string): Expression;
  /** Names an intermediate result, so that it is computed once. */
  define(name: string, expression: Expression): Expression;
}

/** What a step changes; what is absent stays. */
export interface StepChanges<Slot extends string = string> {
  readonly gradient?: Expression;
  /** A scalar by which the gradient is to be multiplied, together with what multiplies it next. */
  readonly factor?: Expression;
  readonly weight?: Expression;
  readonly slots?: Readonly<Partial<Record<Slot, Expression>>>;
}

/** What `measure` of one parameter gives to the elementwise rule: tensors of its own, never those it read. */
export interface Measured<T extends Tensor> {
  /** Numbers or rank-0 tensors. */
  readonly scalars?: Readonly<Record<string, number | T>>;
  /** Tensors of the parameter's shape. */
  readonly inputs?: Readonly<Record<string, T>>;
}

/** What `measure` of one parameter may read. */
export interface MeasureSource<T extends Tensor> {
  readonly parameter: ParameterInfo;
  readonly gradient: T;
  readonly weight: T;
  readonly completedUpdates: number;
  /** `completedUpdates` of the update that runs: for keys that are functions, which a repeated update asks again. */
  readonly completedUpdatesNow: () => number;
  /** Hyperparameters and `scalars` of the step. */
  readonly numbers: Readonly<Record<string, number>>;
}

/** Something that is not elementwise and must be known before a step: it ends the fused pass before it. */
export type Measurement =
  | {
      /** The norm of the gradients of all parameters that the step applies to. */
      readonly of: 'norm';
      /**
       * What the step needs of the norm.
       *
       * @returns rank-0 tensors for the step's `measured`
       */
      measure<T extends Tensor>(
        ops: TensorOps<T>,
        norm: T,
        numbers: Readonly<Record<string, number>>,
      ): Readonly<Record<string, T>>;
    }
  | {
      /** Each parameter by itself: its values, or only its shape (then the fused pass goes on). */
      readonly of: 'values' | 'shape';
      /** What the step needs of one parameter. */
      measure<T extends Tensor>(ops: TensorOps<T>, source: MeasureSource<T>): Measured<T>;
    };

/**
 * One step of a gradient transform, as data: what it keeps, which host numbers it needs, and its arithmetic for one
 * element. The driver joins the steps of a chain into one elementwise rule for each parameter. Steps own no tensors.
 */
export interface TransformStep<
  Hyper extends string = string,
  Slot extends string = string,
  Scalar extends string = string,
  Carried extends string = string,
> {
  /** Camel case; names rules in profiles. */
  readonly name: string;
  /** Prefix of the hyperparameters' public names, from `onlyFor(…, { name })`. */
  readonly scope?: string;
  readonly hyperparameters?: Readonly<Record<Hyper, HyperparameterSetting>>;
  /** Its other numbers and choices, which no update changes: what `describeTransform` compares. JSON. */
  readonly settings?: Readonly<Record<string, number | string | boolean | readonly number[]>>;
  /** State of each parameter, in PyTorch's words camelCased. */
  readonly slots?: Readonly<Record<Slot, SlotStart>>;
  /** Host numbers that pass from update to update, with their values before the first. */
  readonly carried?: Readonly<Record<Carried, number>>;
  /** The carried numbers after this update; `scalars` sees them. */
  carry?(context: StepContext<Hyper, Carried>): Readonly<Record<Carried, number>>;
  /** Host numbers that its arithmetic uses, for the update that runs. */
  scalars?(context: StepContext<Hyper, Carried>): Readonly<Record<Scalar, number>>;
  readonly measure?: Measurement;
  /** Its arithmetic for one element: new gradient, weight and slots. */
  write?(symbols: StepSymbols<Slot, Hyper | Scalar>): StepChanges<Slot>;
  /** The weight to evaluate with, when it is not the one that is trained. Sees the state after an update. */
  evaluate?(symbols: StepSymbols<Slot, Hyper | Scalar>): Expression;
  /** Parameters it applies to; default all. */
  appliesTo?(parameter: ParameterInfo): boolean;
  /** Throws for a parameter it cannot be applied to: when the optimizer is built, not in the middle of an update. */
  check?(parameter: ParameterInfo): void;
}

/** A gradient transform: a list of steps. Pure data; `createOptimizer` runs it. Build it with recipes and `chain`. */
export interface GradientTransform {
  readonly name: string;
  readonly steps: readonly TransformStep[];
}

/** Checks a step's types against each other and forgets them. */
export function transformStep<Hyper extends string, Slot extends string, Scalar extends string, Carried extends string>(
  step: TransformStep<Hyper, Slot, Scalar, Carried>,
): TransformStep {
  return step;
}
