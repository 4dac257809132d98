import type { NamedArray, Tensor, TensorOps } from '@nt/tensor';
import type { TransformStep } from '../gradient-transform.ts';
import { OptimError } from '../optim-error.ts';
import { copyTensor } from '../small-rules.ts';
import { Accumulator } from './accumulator.ts';
import { type Cohort, Cohorts } from './cohorts.ts';
import { HostState } from './host-state.ts';
import type { PlannedParameter } from './planned-parameter.ts';
import { SlotStore } from './slot-store.ts';
import {
  accumulatedSlot,
  checkContents,
  checkFormat,
  type OpenSnapshot,
  type OptimizerSnapshot,
  type OptimizerSnapshotHeader,
  snapshotArrays,
} from './snapshot.ts';

/** The gate of an update that nobody has looked at yet, and what returns if it turns out to have been closed. */
interface Unsettled<T extends Tensor> {
  readonly gate: number | T;
  readonly cohortsBefore: readonly Cohort[];
}

/** Everything an optimizer remembers from update to update, on host and device. */
export class OptimizerState<T extends Tensor> {
  readonly host: HostState;
  readonly cohorts: Cohorts;
  readonly slots: SlotStore<T>;
  readonly accumulator: Accumulator<T>;
  completedUpdates = 0;
  readonly #ops: TensorOps<T>;
  #parameters: readonly PlannedParameter<T>[];
  #unsettled: Unsettled<T> | undefined;
  #lastApplied = false;

  constructor(ops: TensorOps<T>, parameters: readonly PlannedParameter<T>[], steps: readonly TransformStep[]) {
    this.#ops = ops;
    this.#parameters = parameters;
    this.host = new HostState(steps);
    this.cohorts = new Cohorts(this.host, namesOf(parameters));
    this.slots = new SlotStore(ops);
    this.accumulator = new Accumulator(ops);
  }

  /** @param parameters the old and the new ones, planned together */
  addParameters(parameters: readonly PlannedParameter<T>[]): void {
    const known = new Set(namesOf(this.#parameters));
    this.cohorts.add(namesOf(parameters).filter((name) => !known.has(name)));
    this.#parameters = parameters;
  }

  /** Counts an update that has run. With a gate on the device the count is provisional until `settle`. */
  complete(after: readonly Cohort[], gate: T | undefined): void {
    const { all } = this.cohorts;
    if (gate) this.#unsettled = { gate: this.#ops.keep(copyTensor(this.#ops, gate)), cohortsBefore: all };
    this.cohorts.all = after;
    this.completedUpdates++;
    this.#lastApplied = true;
  }

  /** Ends the time in which the last update can be settled. */
  forgetLast(): void {
    const gate = this.#unsettled?.gate;
    if (gate !== undefined && typeof gate !== 'number') this.#ops.dispose(gate);
    this.#unsettled = undefined;
    this.#lastApplied = false;
  }

  async settle(): Promise<boolean> {
    const unsettled = this.#unsettled;
    if (!unsettled) return this.#lastApplied;
    const open = (await readScalar(unsettled.gate)) !== 0;
    if (this.#unsettled !== unsettled) return open;
    this.forgetLast();
    this.#lastApplied = open;
    if (!open) {
      this.completedUpdates--;
      this.cohorts.all = unsettled.cohortsBefore;
    }
    return open;
  }

  async openSnapshot(transform: string): Promise<OpenSnapshot> {
    const { host, slots, accumulator } = this;
    const sums = [...accumulator.sums].map(([name, sum]) => [accumulatedSlot, name, sum] as const);
    const all = [...slots.entries(), ...sums].map(
      ([slot, parameter, tensor]) => [`${slot}/${parameter}`, tensor] as const,
    );
    const unsettled = this.#unsettled;
    const header = {
      format: 'nt-optim',
      version: 1,
      transform,
      completedUpdates: this.completedUpdates,
      pendingMicroBatches: accumulator.count,
      hyperparameters: host.setByHand,
      cohorts: this.#describe(this.cohorts.all),
      accumulatedGate: await readScalar(accumulator.gate),
      unsettledGate: unsettled ? await readScalar(unsettled.gate) : null,
      cohortsBefore: unsettled ? this.#describe(unsettled.cohortsBefore) : null,
    } as const;
    return { header, arrays: snapshotArrays(this.#ops, all) };
  }

  #describe(cohorts: readonly Cohort[]): OptimizerSnapshotHeader['cohorts'] {
    return cohorts.map(({ members, updates, carried }) => ({
      parameters: [...members],
      updates,
      carried: this.host.flatten(carried),
    }));
  }

  restore(snapshot: OptimizerSnapshot, transform: string): void {
    checkFormat(snapshot);
    const { header } = snapshot;
    checkContents(snapshot, namesOf(this.#parameters), this.#expectedArrays(snapshot), transform);
    const cohorts = this.#cohortsOf(header.cohorts);
    const cohortsBefore = header.cohortsBefore ? this.#cohortsOf(header.cohortsBefore) : cohorts;
    this.host.checkSetByHand(header.hyperparameters);
    this.#ops.tidy(() => this.#takeArrays(snapshot));
    this.forgetLast();
    this.cohorts.all = cohorts;
    this.host.resetValues(header.hyperparameters);
    this.completedUpdates = header.completedUpdates;
    this.#lastApplied = header.completedUpdates > 0;
    if (header.unsettledGate !== null) this.#unsettled = { gate: header.unsettledGate, cohortsBefore };
  }

  #cohortsOf(described: OptimizerSnapshotHeader['cohorts']): readonly Cohort[] {
    return described.map(({ parameters, updates, carried }) => ({
      members: new Set(parameters),
      updates,
      carried: this.host.unflatten(carried),
    }));
  }

  /** A parameter that no update has seen has no slots; one that no micro-batch had a gradient for, no sum. */
  #expectedArrays({ header, arrays }: OptimizerSnapshot): ReadonlyMap<string, readonly number[]> {
    const updates = new Map(header.cohorts.flatMap((one) => one.parameters.map((name) => [name, one.updates])));
    const withSlots = new Set(
      Object.keys(arrays)
        .map(splitKey)
        .flatMap(([slot, name]) => (slot === accumulatedSlot ? [] : [name])),
    );
    const entries = this.#parameters.flatMap(({ info, group }) => {
      const isFresh = updates.get(info.name) === 0 && !withSlots.has(info.name);
      const sum = `${accumulatedSlot}/${info.name}`;
      const keys = isFresh ? [] : [...group.slots.keys()].map((slot) => `${slot}/${info.name}`);
      return [...keys, ...(header.pendingMicroBatches > 0 && sum in arrays ? [sum] : [])].map(
        (key) => [key, info.shape] as const,
      );
    });
    return new Map(entries);
  }

  #takeArrays({ header, arrays }: OptimizerSnapshot): void {
    const tensors = Object.entries(arrays).map(([key, array]) => [key, this.#toEngine(key, array)] as const);
    const sums = new Map<string, T>();
    this.slots.clear();
    for (const [key, tensor] of tensors) {
      const [slot, parameter] = splitKey(key);
      if (slot === accumulatedSlot) sums.set(parameter, tensor);
      else this.slots.put(slot, parameter, tensor);
    }
    this.accumulator.restore(sums, header.pendingMicroBatches, header.accumulatedGate);
  }

  #toEngine(key: string, { data, shape, dtype }: NamedArray): T {
    const tensor = this.#ops.tensor(data, shape);
    if (tensor.dtype === dtype) return tensor;
    throw new OptimError(
      'optim/snapshot-mismatch',
      `${key}: the snapshot holds ${dtype}, this engine computes in ${tensor.dtype}; nothing was restored. Restore on an engine of the same width.`,
      { key, expected: tensor.dtype, received: dtype },
    );
  }

  dispose(): void {
    this.forgetLast();
    this.slots.clear();
    this.accumulator.dispose();
  }
}

const namesOf = <T extends Tensor>(parameters: readonly PlannedParameter<T>[]): string[] =>
  parameters.map(({ info }) => info.name);

/** `slot/parameter`; parameter names may contain slashes. */
function splitKey(key: string): [slot: string, parameter: string] {
  const at = key.indexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
}

async function readScalar(scalar: number | Tensor): Promise<number> {
  return typeof scalar === 'number' ? scalar : (await scalar.data())[0]!;
}
