import type { CarriedNumbers, HostNumbers, HostState } from './host-state.ts';

/** Parameters that have taken part in the same updates. PyTorch counts these for each parameter by itself. */
export interface Cohort {
  readonly members: ReadonlySet<string>;
  /** Updates that they took part in: what bias corrections and averages go by. Schedules go by those of the optimizer. */
  readonly updates: number;
  readonly carried: CarriedNumbers;
}

/** What a parameter's steps compute with. One object for all of a cohort. */
export interface CohortNumbers {
  readonly numbers: HostNumbers;
  readonly updates: number;
}

/** Of parameters: a set, or a map of something of each. */
type Names = Pick<ReadonlySet<string>, 'has' | 'size'>;

/**
 * The histories of all parameters. One cohort as long as every update has a gradient for every parameter; a layer that is
 * unfrozen later, or frozen for a time, has a history of its own.
 */
export class Cohorts {
  readonly #host: HostState;
  #all: readonly Cohort[];

  constructor(host: HostState, names: readonly string[]) {
    this.#host = host;
    this.#all = [this.#fresh(names)];
  }

  #fresh(names: readonly string[]): Cohort {
    return { members: new Set(names), updates: 0, carried: this.#host.carriedAtStart };
  }

  get all(): readonly Cohort[] {
    return this.#all;
  }

  set all(cohorts: readonly Cohort[]) {
    this.#all = cohorts;
  }

  /** Parameters that no update has seen yet. */
  add(names: readonly string[]): void {
    this.#all = [...this.#all, this.#fresh(names)];
  }

  /** The numbers of an update in which only `names` take part, and the cohorts after it. Changes nothing. */
  advance(
    names: Names,
    completedUpdates: number,
  ): { readonly numbers: ReadonlyMap<string, CohortNumbers>; readonly after: readonly Cohort[] } {
    const numbers = new Map<string, CohortNumbers>();
    const after: Cohort[] = [];
    // Nearly always all of them: nothing is to be split then.
    const areAll = names.size === this.#all.reduce((total, { members }) => total + members.size, 0);
    for (const cohort of this.#all) {
      const [taking, resting] = areAll ? [cohort.members, nobody] : split(cohort, names);
      if (taking.size > 0) {
        const { updates, carried } = cohort;
        const next = this.#host.advance(completedUpdates, updates, carried);
        const own = { numbers: next.numbers, updates };
        for (const name of taking) numbers.set(name, own);
        after.push({ members: taking, updates: updates + 1, carried: next.carried });
      }
      if (resting.size > 0) after.push({ ...cohort, members: resting });
    }
    return { numbers, after };
  }

  /** Numbers for `evaluate`: nothing is carried on. */
  present(completedUpdates: number): ReadonlyMap<string, HostNumbers> {
    const numbers = new Map<string, HostNumbers>();
    for (const { members, updates, carried } of this.#all) {
      const own = this.#host.present(completedUpdates, updates, carried);
      for (const name of members) numbers.set(name, own);
    }
    return numbers;
  }
}

const nobody: ReadonlySet<string> = new Set();

function split({ members }: Cohort, names: Names): readonly [ReadonlySet<string>, ReadonlySet<string>] {
  const resting = [...members].filter((name) => !names.has(name));
  if (resting.length === 0) return [members, nobody];
  return [new Set([...members].filter((name) => names.has(name))), new Set(resting)];
}
