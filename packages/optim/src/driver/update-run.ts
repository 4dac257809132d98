import type { Tensor, TensorOps } from '@nt/tensor';
import type { Measured, TransformStep } from '../gradient-transform.ts';
import { scaleNorm, scaleTensor } from '../small-rules.ts';
import type { CohortNumbers } from './cohorts.ts';
import type { ParameterGroup, PlacedStep, Stage } from './parameter-group.ts';
import type { PlannedParameter } from './planned-parameter.ts';
import type { BoundRule, ScalarSource } from './rule-draft.ts';
import type { SlotStore } from './slot-store.ts';
import { inBatches, together } from './together.ts';

/** Everything one update needs. */
export interface UpdateInputs<T extends Tensor> {
  readonly ops: TensorOps<T>;
  readonly steps: readonly TransformStep[];
  readonly parameters: readonly PlannedParameter<T>[];
  readonly gradients: ReadonlyMap<string, T>;
  /** Absent when it is 1. */
  readonly scale: number | T | undefined;
  /** Absent when it is open for certain. */
  readonly gate: T | undefined;
  /** Of each parameter by name; the same object for all that share it. */
  readonly numbers: ReadonlyMap<string, CohortNumbers>;
  readonly slots: SlotStore<T>;
  /** `numbers` of the update that runs when a captured one is repeated. */
  numbersNow(): ReadonlyMap<string, CohortNumbers>;
  /** Norm of all gradients, scaled; computed on the first call. */
  norm(): T;
  /** Told when what a step measures of each parameter goes by the count of updates, or by the step's numbers. */
  readonly onRead?: ((step: number, what: 'updates' | 'numbers') => void) | undefined;
}

/** How far a parameter has come in this update. */
interface Cursor<T extends Tensor> {
  gradient: T;
  /** The caller's gradient, not yet multiplied by the scale. */
  raw: boolean;
  nextStage: number;
}

/** Runs one update: the stages of each parameter, held up only where a step needs the norm of several. */
export class UpdateRun<T extends Tensor> {
  readonly #in: UpdateInputs<T>;
  readonly #cursors: ReadonlyMap<string, Cursor<T>>;
  readonly #measured = new Map<number, Readonly<Record<string, T>>>();

  constructor(inputs: UpdateInputs<T>) {
    this.#in = inputs;
    const cursors = [...inputs.gradients].map(
      ([name, gradient]) => [name, { gradient, raw: true, nextStage: 0 }] as const,
    );
    this.#cursors = new Map(cursors);
  }

  run(): void {
    const { steps, parameters } = this.#in;
    for (const [index, step] of steps.entries()) {
      if (step.measure?.of === 'norm') this.#measureNorm(index, step);
    }
    for (const members of together(parameters, this.#in.numbers)) {
      const { group } = members[0]!;
      if (this.#isLast(group, members[0]!)) for (const some of inBatches(members)) this.#runTogether(group, some);
      else for (const parameter of members) this.#runStages(parameter, Number.POSITIVE_INFINITY);
    }
  }

  /**
   * Whether only one stage is left that measures nothing of its own parameter. All parameters of a group are at the same
   * stage. Earlier stages run parameter by parameter, so that intermediate gradients do not pile up.
   */
  #isLast({ stages }: ParameterGroup, { info }: PlannedParameter<T>): boolean {
    const { nextStage } = this.#cursors.get(info.name)!;
    if (nextStage !== stages.length - 1) return false;
    return stages[nextStage]!.steps.every(({ step }) => step.measure === undefined || step.measure.of === 'norm');
  }

  #runTogether(group: ParameterGroup, members: readonly PlannedParameter<T>[]): void {
    const cursors = members.map(({ info }) => this.#cursors.get(info.name)!);
    const bound = this.#bind(group, cursors[0]!, group.stages.at(-1)!);
    if (bound) this.#runRule(members, bound, new Map());
    for (const cursor of cursors) {
      cursor.nextStage++;
      this.#release(cursor);
    }
  }

  #bind(group: ParameterGroup, { raw }: Cursor<T>, stage: Stage): BoundRule | undefined {
    const { scale, gate } = this.#in;
    return group.rule(stage, { scaled: raw && scale !== undefined, gated: gate !== undefined });
  }

  #measureNorm(index: number, step: TransformStep): void {
    const { ops, parameters } = this.#in;
    if (step.measure?.of !== 'norm') return;
    const chosen = parameters.filter(({ group }) => group.steps.some((placed) => placed.index === index));
    if (chosen.length === 0) return;
    for (const parameter of chosen) this.#runStages(parameter, index);
    // One norm of all of them: only hyperparameters can matter, and those they share.
    const { numbers } = this.#numbersOf(chosen[0]!);
    this.#measured.set(index, step.measure.measure(ops, this.#normOf(chosen), numbers[index]!));
  }

  #normOf(chosen: readonly PlannedParameter<T>[]): T {
    const { ops, parameters, scale } = this.#in;
    const cursors = chosen.map(({ info }) => this.#cursors.get(info.name)!);
    if (cursors.every(({ raw }) => raw)) {
      if (chosen.length === parameters.length) return this.#in.norm();
      const norm = ops.globalNorm(cursors.map(({ gradient }) => gradient));
      return scale === undefined ? norm : scaleNorm(ops, norm, scale);
    }
    for (const cursor of cursors) this.#unscale(cursor);
    return ops.globalNorm(cursors.map(({ gradient }) => gradient));
  }

  /** Multiplies a raw gradient by the scale, in memory. */
  #unscale(cursor: Cursor<T>): void {
    if (!cursor.raw || this.#in.scale === undefined) return;
    cursor.gradient = scaleTensor(this.#in.ops, cursor.gradient, this.#in.scale);
    cursor.raw = false;
  }

  /** Runs the stages that begin before step `limit`. */
  #runStages(parameter: PlannedParameter<T>, limit: number): void {
    const cursor = this.#cursors.get(parameter.info.name)!;
    const { stages } = parameter.group;
    while (cursor.nextStage < stages.length && stages[cursor.nextStage]!.start < limit) {
      this.#runStage(parameter, cursor, stages[cursor.nextStage]!);
      cursor.nextStage++;
    }
    if (cursor.nextStage === stages.length) this.#release(cursor);
  }

  #runStage(parameter: PlannedParameter<T>, cursor: Cursor<T>, stage: Stage): void {
    const { ops } = this.#in;
    const measured = this.#measureEach(parameter, cursor, stage);
    const bound = this.#bind(parameter.group, cursor, stage);
    if (bound) this.#runRule([parameter], bound, measured);
    for (const { scalars = {}, inputs = {} } of measured.values()) {
      const tensors = Object.values(scalars).filter((scalar) => typeof scalar !== 'number');
      ops.dispose([...tensors, ...Object.values(inputs)]);
    }
  }

  #measureEach(parameter: PlannedParameter<T>, cursor: Cursor<T>, stage: Stage): Map<number, Measured<T>> {
    const measured = new Map<number, Measured<T>>();
    for (const placed of stage.steps) {
      const { measure } = placed.step;
      if (measure === undefined || measure.of === 'norm') continue;
      if (measure.of === 'values') this.#unscale(cursor);
      measured.set(placed.index, this.#measureOne(parameter, cursor, placed));
    }
    return measured;
  }

  #numbersOf({ info }: PlannedParameter<T>): CohortNumbers {
    return this.#in.numbers.get(info.name)!;
  }

  #measureOne(parameter: PlannedParameter<T>, { gradient }: Cursor<T>, { index, step }: PlacedStep): Measured<T> {
    const { ops, onRead } = this.#in;
    const { info, variable } = parameter;
    const { updates, numbers } = this.#numbersOf(parameter);
    const measure = step.measure as Extract<TransformStep['measure'], { of: 'values' | 'shape' }>;
    const source = {
      parameter: info,
      gradient,
      weight: variable as T,
      completedUpdatesNow: () => this.#in.numbersNow().get(info.name)!.updates,
      get completedUpdates() {
        onRead?.(index, 'updates');
        return updates;
      },
      get numbers() {
        onRead?.(index, 'numbers');
        return numbers[index]!;
      },
    };
    return ops.tidy(() => measure.measure(ops, source));
  }

  /** @param measured of the only parameter; empty when there are several */
  #runRule(
    parameters: readonly PlannedParameter<T>[],
    { rule, ...bound }: BoundRule,
    measured: Map<number, Measured<T>>,
  ): void {
    const { ops, slots } = this.#in;
    const cursorOf = ({ info }: PlannedParameter<T>): Cursor<T> => this.#cursors.get(info.name)!;
    const input = (parameter: PlannedParameter<T>, name: string): T => {
      const source = bound.inputs.get(name);
      if (source === undefined) return slots.get(name, parameter.info.name)!;
      if (source === 'gradient') return cursorOf(parameter).gradient;
      return source === 'weight' ? parameter.variable : measured.get(source.step)!.inputs![source.name]!;
    };
    const groups = parameters.map((parameter) =>
      Object.fromEntries(rule.inputs.map((name) => [name, input(parameter, name)])),
    );
    const scalars = Object.fromEntries(
      rule.scalars.map((name) => [name, this.#scalar(bound.scalars.get(name)!, parameters[0]!, measured)]),
    );
    const written = rule.outputs.map(([name]) => name);
    const { raw } = cursorOf(parameters[0]!);
    const donate = rule.inputs.filter((name) => written.includes(name) && (name !== 'gradient' || !raw));
    const { info } = parameters[0]!;
    const late = (): Record<string, number | undefined> =>
      Object.fromEntries(rule.scalars.map((name) => [name, this.#lateNumber(bound.scalars.get(name)!, info.name)]));
    const outputs = ops.elementwiseEach(rule, groups, scalars, { donate, late });
    for (const [i, parameter] of parameters.entries())
      for (const [name, value] of Object.entries(outputs[i]!)) this.#take(parameter, cursorOf(parameter), name, value);
  }

  #scalar(source: ScalarSource, parameter: PlannedParameter<T>, measured: Map<number, Measured<T>>): number | T {
    if (source === 'gradientScale') return this.#in.scale!;
    if (source === 'gate') return this.#in.gate!;
    const { step, name } = source;
    return (
      measured.get(step)?.scalars?.[name] ??
      this.#measured.get(step)?.[name] ??
      this.#numbersOf(parameter).numbers[step]![name]!
    );
  }

  /** A step's own number in the update that runs; undefined for what is no such number. */
  #lateNumber(source: ScalarSource, parameter: string): number | undefined {
    if (typeof source === 'string') return undefined;
    return this.#in.numbersNow().get(parameter)!.numbers[source.step]![source.name];
  }

  #take({ info, variable }: PlannedParameter<T>, cursor: Cursor<T>, name: string, value: T): void {
    const { ops, slots } = this.#in;
    if (name === 'weight') {
      variable.assign(value);
      ops.dispose(value);
    } else if (name === 'gradient') {
      this.#release(cursor);
      cursor.gradient = value;
      cursor.raw = false;
    } else slots.put(name, info.name, value);
  }

  /** Frees an intermediate gradient at once: a tidy would hold those of all parameters to the end. */
  #release(cursor: Cursor<T>): void {
    if (!cursor.raw) this.#in.ops.dispose(cursor.gradient);
  }
}
