import type { Tensor, TensorOps } from '@nt/tensor';
import { OptimError } from '../optim-error.ts';
import type { ApplyOptions, Optimizer, OptimizerOptions } from '../optimizer.ts';
import { checkOptions } from '../options/check-options.ts';
import type { Hyperparameter } from '../options/hyperparameter.ts';
import { bothOpen, isFiniteNorm, scaleNorm } from '../small-rules.ts';
import { type CapturableUpdate, CapturedUpdates } from './captured-updates.ts';
import {
  checkGradients,
  checkOptimizerOptions,
  checkScalar,
  checkSomethingMoves,
  variablesOf,
} from './check-arguments.ts';
import { OptimizerState } from './optimizer-state.ts';
import { type PlannedParameter, planParameters, withGradients } from './planned-parameter.ts';
import { copySnapshot, type OpenSnapshot, type OptimizerSnapshot } from './snapshot.ts';
import { UpdateRun } from './update-run.ts';
import { WeightSwap } from './weight-swap.ts';

/** The gradients of one update, and how to take them. */
interface Batch<T extends Tensor> {
  readonly gradients: ReadonlyMap<string, T>;
  readonly scale: number | T | undefined;
  readonly gate: number | T;
  readonly measureNorm: boolean;
}

/** The driver behind `createOptimizer`; `Optimizer` documents its members. */
export class OptimizerDriver<T extends Tensor> implements Optimizer<T> {
  readonly #ops: TensorOps<T>;
  readonly #transform: string;
  readonly #accumulate: number;
  readonly #skipNonFinite: boolean;
  readonly #captured: CapturedUpdates<T> | undefined;
  #parameters: readonly PlannedParameter<T>[];
  readonly #state: OptimizerState<T>;
  readonly #swap: WeightSwap<T>;
  #norm: T | undefined;
  #weightsInUse: 'training' | 'evaluation' = 'training';
  #readers = 0;
  #disposed = false;

  constructor(options: OptimizerOptions<T>) {
    const variables = checkOptimizerOptions(options);
    const { ops, transform, accumulate = 1, skipNonFinite = false, captureSite } = options;
    this.#ops = ops;
    this.#transform = transform.name;
    this.#accumulate = accumulate;
    this.#skipNonFinite = skipNonFinite;
    this.#captured = captureSite && new CapturedUpdates(captureSite);
    this.#parameters = planParameters(variables, transform.steps);
    checkSomethingMoves(transform.name, this.#parameters);
    this.#state = new OptimizerState(ops, this.#parameters, transform.steps);
    this.#swap = new WeightSwap(ops);
  }

  apply(gradients: Readonly<Record<string, T>>, options: ApplyOptions<T> = {}): boolean {
    this.#checkUsable('apply');
    checkOptions('apply', options, ['gradientScale', 'gate', 'measureNorm', 'allowMissing']);
    const { gradientScale, gate = 1, measureNorm = false, allowMissing = false } = options;
    checkScalar('gradientScale', gradientScale);
    checkScalar('gate', gate);
    const scale = gradientScale === 1 ? undefined : gradientScale;
    const batch = { gradients: checkGradients(gradients, this.#parameters, allowMissing), scale, gate, measureNorm };
    return this.#ops.tidy(() => {
      const { accumulator } = this.#state;
      if (this.#accumulate === 1) return this.#update(batch);
      accumulator.add(batch.gradients, scale, gate);
      return accumulator.count >= this.#accumulate && this.#updateOnMean(measureNorm);
    });
  }

  flush(): boolean {
    this.#checkUsable('flush');
    return this.#state.accumulator.count > 0 && this.#ops.tidy(() => this.#updateOnMean(false));
  }

  #updateOnMean(measureNorm: boolean): boolean {
    const { accumulator } = this.#state;
    const { sums, count, gate } = accumulator;
    const updated = this.#update({ gradients: sums, scale: count === 1 ? undefined : 1 / count, gate, measureNorm });
    accumulator.clear();
    return updated;
  }

  #update(batch: Batch<T>): boolean {
    const state = this.#state;
    const { completedUpdates, slots } = state;
    const parameters = withGradients(this.#parameters, batch.gradients);
    const { numbers, after } = state.cohorts.advance(batch.gradients, completedUpdates);
    this.#forgetLast();
    if (batch.gate === 0) return false;
    slots.start(parameters);
    const { gradients } = batch;
    const inputs = { ops: this.#ops, steps: state.host.steps, parameters, gradients, numbers, slots };
    const run: CapturableUpdate<T> = (scalars, current, onRead) => {
      const own = { ...batch, ...scalars };
      const norm = () => this.#normOf(own);
      if (batch.measureNorm) norm();
      const gate = this.#deviceGate(own);
      const { scale } = scalars;
      new UpdateRun({ ...inputs, scale, gate, norm, onRead, numbersNow: () => current().numbers }).run();
      const done = { norm: this.#norm, gate: gate === scalars.gate ? undefined : gate };
      this.#norm = undefined;
      return done;
    };
    const done = this.#captured?.run({ ...inputs, ...batch }, run) ?? run(batch, () => inputs);
    this.#norm = done.norm;
    state.complete(after, done.gate ?? (typeof batch.gate === 'number' ? undefined : batch.gate));
    return true;
  }

  /** Undefined when the gate is open for certain. */
  #deviceGate(batch: Batch<T>): T | undefined {
    const gate = this.#skipNonFinite
      ? bothOpen(this.#ops, isFiniteNorm(this.#ops, this.#normOf(batch)), batch.gate)
      : batch.gate;
    return typeof gate === 'number' ? undefined : gate;
  }

  /** Computed at most once an update. */
  #normOf({ gradients, scale }: Batch<T>): T {
    if (this.#norm) return this.#norm;
    // By name, so that the norm does not depend on the order in which the program lists them.
    const inOrder = this.#parameters.flatMap(({ info }) => gradients.get(info.name) ?? []);
    const norm = this.#ops.globalNorm(inOrder);
    this.#norm = this.#ops.keep(scale === undefined ? norm : scaleNorm(this.#ops, norm, scale));
    return this.#norm;
  }

  #forgetLast(): void {
    this.#forgetNorm();
    this.#state.forgetLast();
  }

  #forgetNorm(): void {
    // Of a captured update it belongs to the site.
    if (this.#norm && !this.#captured) this.#ops.dispose(this.#norm);
    this.#norm = undefined;
  }

  async settle(): Promise<boolean> {
    this.#checkAlive();
    return this.#state.settle();
  }

  get completedUpdates(): number {
    return this.#state.completedUpdates;
  }

  get pendingMicroBatches(): number {
    return this.#state.accumulator.count;
  }

  get lastGradientNorm(): T | undefined {
    return this.#norm;
  }

  hyperparameter(name: string): number {
    return this.#state.host.value(name, this.completedUpdates);
  }

  hyperparameters(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#state.host.names.map((name) => [name, this.hyperparameter(name)]));
  }

  setHyperparameter(name: string, value: Hyperparameter): void {
    this.#state.host.set(name, value);
  }

  get hasEvaluationWeights(): boolean {
    return this.#parameters.some(({ group }) => group.evaluationRule() !== undefined);
  }

  get weightsInUse(): 'training' | 'evaluation' {
    return this.#weightsInUse;
  }

  useEvaluationWeights(): void {
    this.#checkAlive();
    if (this.#weightsInUse === 'evaluation') return;
    this.#weightsInUse = 'evaluation';
    const { slots, cohorts } = this.#state;
    if (slots.isEmpty) return;
    this.#ops.tidy(() => this.#swap.swapIn(this.#parameters, slots, cohorts.present(this.completedUpdates)));
  }

  useTrainingWeights(): void {
    this.#swap.swapOut();
    this.#weightsInUse = 'training';
  }

  snapshot(): Promise<OptimizerSnapshot> {
    return this.withSnapshot(copySnapshot);
  }

  async withSnapshot<Result>(use: (snapshot: OpenSnapshot) => Promise<Result>): Promise<Result> {
    this.#checkAlive();
    this.#readers++;
    try {
      return await use(await this.#state.openSnapshot(this.#transform));
    } finally {
      this.#readers--;
    }
  }

  restore(snapshot: OptimizerSnapshot): void {
    this.#checkUsable('restore');
    this.#state.restore(snapshot, this.#transform);
    this.#forgetNorm();
  }

  addParameters(parameters: OptimizerOptions<T>['parameters']): void {
    this.#checkUsable('addParameters');
    const added = variablesOf('addParameters', parameters);
    const known = new Map(this.#parameters.map(({ info, variable }) => [info.name, variable]));
    for (const name of added.keys()) {
      if (!known.has(name)) continue;
      throw new OptimError('optim/parameters', `addParameters: this optimizer has '${name}' already.`, { name });
    }
    this.#parameters = planParameters(new Map([...known, ...added]), this.#state.host.steps);
    this.#state.addParameters(this.#parameters);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.useTrainingWeights();
    this.#forgetLast();
    this.#state.dispose();
    this.#disposed = true;
  }

  #checkAlive(): void {
    if (this.#disposed) throw new OptimError('optim/disposed', 'This optimizer was disposed; create another.');
  }

  #checkUsable(what: string): void {
    this.#checkAlive();
    if (this.#readers > 0) {
      const why = 'a snapshot is still being read. Await it first, or it would hold a mixture of two updates.';
      throw new OptimError('optim/busy', `${what}: ${why}`);
    }
    if (this.#weightsInUse === 'evaluation') {
      const why = 'the parameters hold their evaluation weights. Call useTrainingWeights() first.';
      throw new OptimError('optim/weights-in-use', `${what}: ${why}`);
    }
  }
}
