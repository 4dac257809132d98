import type { NamedArray, Tensor, TensorOps } from '@nt/tensor';
import type { TransformStep } from '../gradient-transform.ts';
import { OptimError } from '../optim-error.ts';
import { copyTensor } from '../small-rules.ts';
import { Accumulator } from './accumulator.ts';
import { type CarriedNumbers, HostState } from './host-state.ts';
import type { PlannedParameter } from './planned-parameter.ts';
import { SlotStore } from './slot-store.ts';
import { accumulatedSlot, checkArrays, checkFormat, type OptimizerSnapshot, readArray } from './snapshot.ts';

/** The gate of an update that nobody has looked at yet, and what returns if it turns out to have been closed. */
interface Unsettled<T extends Tensor> {
  readonly gate: number | T;
  readonly carriedBefore: CarriedNumbers;
}

/** Everything an optimizer remembers from update to update, on host and device. */
export class OptimizerState<T extends Tensor> {
  readonly host: HostState;
  readonly slots: SlotStore<T>;
  readonly accumulator: Accumulator<T>;
  completedUpdates = 0;
  readonly #ops: TensorOps<T>;
  readonly #parameters: readonly PlannedParameter<T>[];
  #unsettled: Unsettled<T> | undefined;
  #lastApplied = false;

  constructor(ops: TensorOps<T>, parameters: readonly PlannedParameter<T>[], steps: readonly TransformStep[]) {
    this.#ops = ops;
    this.#parameters = parameters;
    this.host = new HostState(steps);
    this.slots = new SlotStore(ops);
    this.accumulator = new Accumulator(ops);
  }

  /** Counts an update that has run. With a gate on the device the count is provisional until `settle`. */
  complete(carried: CarriedNumbers, gate: T | undefined): void {
    if (gate) this.#unsettled = { gate: this.#ops.keep(copyTensor(this.#ops, gate)), carriedBefore: this.host.carried };
    this.host.carried = carried;
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
      this.host.carried = unsettled.carriedBefore;
    }
    return open;
  }

  async snapshot(transform: string): Promise<OptimizerSnapshot> {
    const { host, slots, accumulator } = this;
    const sums = [...accumulator.sums].map(([name, sum]) => [accumulatedSlot, name, sum] as const);
    const arrays: Record<string, NamedArray> = {};
    for (const [slot, parameter, tensor] of [...slots.entries(), ...sums]) {
      arrays[`${slot}/${parameter}`] = await readArray(tensor);
    }
    const header = {
      format: 'nt-optim',
      version: 1,
      transform,
      completedUpdates: this.completedUpdates,
      pendingMicroBatches: accumulator.count,
      hyperparameters: host.setByHand,
      carried: host.flatten(host.carried),
      accumulatedGate: await readScalar(accumulator.gate),
      unsettledGate: this.#unsettled ? await readScalar(this.#unsettled.gate) : null,
      carriedBefore: this.#unsettled ? host.flatten(this.#unsettled.carriedBefore) : null,
    } as const;
    return { header, arrays };
  }

  restore(snapshot: OptimizerSnapshot, transform: string): void {
    checkFormat(snapshot);
    const { header } = snapshot;
    checkArrays(snapshot.arrays, this.#expectedArrays(snapshot), { snapshot: header.transform, optimizer: transform });
    const carried = this.host.unflatten(header.carried);
    const carriedBefore = header.carriedBefore ? this.host.unflatten(header.carriedBefore) : carried;
    this.host.checkSetByHand(header.hyperparameters);
    this.#ops.tidy(() => this.#takeArrays(snapshot));
    this.forgetLast();
    this.host.carried = carried;
    this.host.resetValues(header.hyperparameters);
    this.completedUpdates = header.completedUpdates;
    this.#lastApplied = header.completedUpdates > 0;
    if (header.unsettledGate !== null) this.#unsettled = { gate: header.unsettledGate, carriedBefore };
  }

  /** Before the first update there is no state: such a snapshot has no slots. */
  #expectedArrays({ header, arrays }: OptimizerSnapshot): ReadonlyMap<string, readonly number[]> {
    const sums = header.pendingMicroBatches > 0 ? [accumulatedSlot] : [];
    const isFresh =
      header.completedUpdates === 0 && Object.keys(arrays).every((key) => key.startsWith(`${accumulatedSlot}/`));
    const entries = this.#parameters.flatMap(({ info, group }) =>
      [...(isFresh ? [] : group.slots.keys()), ...sums].map((slot) => [`${slot}/${info.name}`, info.shape] as const),
    );
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
    this.accumulator.clear();
  }
}

/** `slot/parameter`; parameter names may contain slashes. */
function splitKey(key: string): [slot: string, parameter: string] {
  const at = key.indexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
}

async function readScalar(scalar: number | Tensor): Promise<number> {
  return typeof scalar === 'number' ? scalar : (await scalar.data())[0]!;
}
