import { nearestName } from '@nt/tensor';
import type { TransformStep } from '../gradient-transform.ts';
import { OptimError } from '../optim-error.ts';
import { checkRange, type Hyperparameter, type HyperparameterSetting } from '../options/hyperparameter.ts';

/** Host numbers of all steps for one update, by step index: hyperparameters and `scalars`. */
export type HostNumbers = readonly Readonly<Record<string, number>>[];

/** What steps carry from update to update, by step index. */
export type CarriedNumbers = readonly Readonly<Record<string, number>>[];

/** The host's side of a chain: hyperparameters by public name, and the numbers that pass from update to update. */
export class HostState {
  readonly steps: readonly TransformStep[];
  readonly #names: readonly ReadonlyMap<string, string>[];
  readonly #settings = new Map<string, HyperparameterSetting>();
  readonly #values = new Map<string, Hyperparameter>();
  readonly #setByHand = new Map<string, number>();
  /** Before the first update. */
  readonly carriedAtStart: CarriedNumbers;

  constructor(steps: readonly TransformStep[]) {
    this.steps = steps;
    this.#names = steps.map((step) => this.#register(step));
    this.carriedAtStart = steps.map((step) => step.carried ?? {});
  }

  #register(step: TransformStep): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    for (const [local, hyperparameter] of Object.entries(step.hyperparameters ?? {})) {
      const name = firstFree(step.scope ? `${step.scope}.${local}` : local, '#', (candidate) =>
        this.#settings.has(candidate),
      );
      this.#settings.set(name, hyperparameter);
      this.#values.set(name, hyperparameter.value);
      names.set(local, name);
    }
    return names;
  }

  /** The chain's own values, functions as `'schedule'`: JSON. */
  settings(): Record<string, number | 'schedule'> {
    const entries = [...this.#settings].map(
      ([name, { value }]) => [name, typeof value === 'function' ? 'schedule' : value] as const,
    );
    return Object.fromEntries(entries);
  }

  get names(): readonly string[] {
    return [...this.#settings.keys()];
  }

  value(name: string, completedUpdates: number): number {
    const { label, range } = this.#known(name);
    const value = this.#values.get(name)!;
    return typeof value === 'function' ? checkRange(label, value(completedUpdates), range) : value;
  }

  set(name: string, value: Hyperparameter): void {
    const { label, range } = this.#known(name);
    if (typeof value === 'function') this.#setByHand.delete(name);
    else this.#setByHand.set(name, checkRange(label, value, range));
    this.#values.set(name, value);
  }

  /** The chain's own values, but for those that a snapshot says were set by hand. */
  resetValues(setByHand: Readonly<Record<string, number>>): void {
    this.#setByHand.clear();
    for (const [name, { value }] of this.#settings) this.#values.set(name, value);
    for (const [name, value] of Object.entries(setByHand)) this.set(name, value);
  }

  /** Numbers set by hand: a snapshot holds them, the chain's own values come from the program. */
  get setByHand(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#setByHand);
  }

  #known(name: string): HyperparameterSetting {
    const found = this.#settings.get(name);
    if (found) return found;
    const nearest = nearestName(String(name), this.names);
    throw new OptimError(
      'optim/hyperparameter',
      `'${String(name)}' is not a hyperparameter of this optimizer${nearest ? `; did you mean '${nearest}'?` : '.'} It has: ${this.names.join(', ')}. (A decay or momentum of 0 builds nothing; give it a function to switch it on later.)`,
      { name, known: this.names, nearest },
    );
  }

  /**
   * The numbers that the next update needs, and what will be carried once it is complete.
   *
   * @param completedUpdates of the optimizer, for schedules
   * @param updates of the cohort, for everything else
   */
  advance(
    completedUpdates: number,
    updates: number,
    carriedBefore: CarriedNumbers,
  ): { readonly numbers: HostNumbers; readonly carried: CarriedNumbers } {
    const carriedNext: Readonly<Record<string, number>>[] = [];
    const numbers = this.steps.map((step, index) => {
      const hyperparameters = this.#valuesOf(index, completedUpdates);
      const context = { completedUpdates: updates, hyperparameters, carried: carriedBefore[index]! };
      const carried = step.carry?.(context) ?? context.carried;
      carriedNext.push(carried);
      return { ...hyperparameters, ...step.scalars?.({ ...context, carried }) };
    });
    return { numbers, carried: carriedNext };
  }

  /** Numbers for `evaluate` after that many updates: nothing is carried on. */
  present(completedUpdates: number, updates: number, carried: CarriedNumbers): HostNumbers {
    return this.steps.map((step, index) => {
      const hyperparameters = this.#valuesOf(index, Math.max(0, completedUpdates - 1));
      const context = { completedUpdates: Math.max(0, updates - 1), hyperparameters, carried: carried[index]! };
      return { ...hyperparameters, ...step.scalars?.(context) };
    });
  }

  #valuesOf(index: number, completedUpdates: number): Readonly<Record<string, number>> {
    const local = [...this.#names[index]!].map(([key, name]) => [key, this.value(name, completedUpdates)] as const);
    return Object.fromEntries(local);
  }

  /** Carried numbers under flat names, `stepIndex.name`: JSON for snapshots. */
  flatten(carried: CarriedNumbers): Record<string, number> {
    const entries = carried.flatMap((record, index) =>
      Object.entries(record).map(([name, value]) => [`${index}.${name}`, value] as const),
    );
    return Object.fromEntries(entries);
  }

  /** @throws OptimError `optim/snapshot-mismatch` when names differ from what this chain carries */
  unflatten(flat: Readonly<Record<string, number>>): CarriedNumbers {
    const expected = Object.keys(this.flatten(this.carriedAtStart));
    const differing = [
      ...expected.filter((name) => typeof flat[name] !== 'number'),
      ...Object.keys(flat).filter((name) => !expected.includes(name)),
    ];
    if (differing.length > 0) {
      throw new OptimError(
        'optim/snapshot-mismatch',
        `The snapshot's numbers do not fit this chain: expected ${expected.join(', ') || 'none'}, got ${Object.keys(flat).join(', ') || 'none'}. Build the optimizer with the transform of the snapshot.`,
        { differing },
      );
    }
    return this.carriedAtStart.map((record, index) =>
      Object.fromEntries(Object.keys(record).map((name) => [name, flat[`${index}.${name}`]!])),
    );
  }

  /** @throws OptimError when a snapshot's hand-set number is not one of this chain's, or out of range */
  checkSetByHand(values: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(values)) {
      const { label, range } = this.#known(name);
      checkRange(label, value, range);
    }
  }
}

/** `base`, or with the first number from 2 that is free. */
export function firstFree(base: string, separator: string, taken: (name: string) => boolean): string {
  if (!taken(base)) return base;
  let suffix = 2;
  while (taken(`${base}${separator}${suffix}`)) suffix++;
  return `${base}${separator}${suffix}`;
}
