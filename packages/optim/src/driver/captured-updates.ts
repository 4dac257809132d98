import type { CaptureSite, Tensor } from '@nt/tensor';
import type { UpdateInputs } from './update-run.ts';

/** What an update leaves beside new weights and state. */
export interface Done<T extends Tensor> {
  readonly norm: T | undefined;
  /** Undefined when it was open for certain. */
  readonly gate: T | undefined;
}

type Inputs<T extends Tensor> = Omit<UpdateInputs<T>, 'gate' | 'norm' | 'numbersNow'> & {
  readonly gate: number | T;
  readonly measureNorm: boolean;
};

type Run<T extends Tensor> = (current: () => Pick<UpdateInputs<T>, 'numbers'>) => Done<T>;

/**
 * Updates whose device part is recorded and repeated. The host's part (schedules, corrections, counts) runs as always: its
 * numbers are the scalars of the repetition.
 */
export class CapturedUpdates<T extends Tensor> {
  readonly #site: CaptureSite<T>;
  #current: Pick<UpdateInputs<T>, 'numbers'> | undefined;
  /** Which of an update's results each kind of update has. */
  readonly #kinds = new Map<string, Readonly<Record<keyof Done<T>, boolean>>>();

  constructor(site: CaptureSite<T>) {
    this.#site = site;
  }

  run(inputs: Inputs<T>, run: Run<T>): Done<T> {
    this.#current = inputs;
    const key = keyOf(inputs);
    const results = this.#site.run({ inputs: [], uses: usesOf(inputs), key }, () => {
      const { norm, gate } = run(() => this.#current!);
      this.#kinds.set(key, { norm: norm !== undefined, gate: gate !== undefined });
      return [...(norm ? [norm] : []), ...(gate ? [gate] : [])];
    });
    const has = this.#kinds.get(key)!;
    const norm = has.norm ? results[0] : undefined;
    return { norm, gate: has.gate ? results.at(-1) : undefined };
  }
}

/** Everything that decides what the device does, but the numbers of rules, which are asked for again. */
function keyOf<T extends Tensor>({ steps, parameters, scale, gate, measureNorm, numbers }: Inputs<T>): string {
  const cohorts = [...new Set(numbers.values())];
  const members = cohorts.length === 1 ? [] : parameters.map(({ info }) => cohorts.indexOf(numbers.get(info.name)!));
  const measured = steps.flatMap(({ measure }, index) => (measure ? cohorts.map((own) => own.numbers[index]) : []));
  // A step that measures each parameter may go by the count of updates, so each update is of another kind.
  const each = steps.some(({ measure }) => measure && measure.of !== 'norm')
    ? cohorts.map(({ updates }) => updates)
    : 0;
  const kinds = [typeof scale, scaleOf(scale), scaleOf(gate), measureNorm, parameters.length];
  return JSON.stringify([kinds, members, measured, each]);
}

const scaleOf = (scalar: unknown): unknown => (typeof scalar === 'object' ? 'tensor' : scalar);

function usesOf<T extends Tensor>({ parameters, gradients, slots, scale, gate }: Inputs<T>): T[] {
  const tensors = [scale, gate].filter((scalar): scalar is T => typeof scalar === 'object');
  for (const { info, variable } of parameters) tensors.push(variable, gradients.get(info.name)!);
  for (const [, , value] of slots.entries()) tensors.push(value);
  return tensors;
}
