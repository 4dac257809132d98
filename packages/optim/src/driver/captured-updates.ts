import type { CaptureSite, Tensor } from '@nt/tensor';
import type { UpdateInputs } from './update-run.ts';

/** What an update leaves beside new weights and state. */
export type Done<T extends Tensor> = {
  readonly norm: T | undefined;
  /** Undefined when it was open for certain. */
  readonly gate: T | undefined;
};

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

  constructor(site: CaptureSite<T>) {
    this.#site = site;
  }

  run(inputs: Inputs<T>, run: Run<T>): Done<T> {
    this.#current = inputs;
    const call = { inputs: [], uses: usesOf(inputs), key: keyOf(inputs) };
    return this.#site.run(call, () => run(() => this.#current!));
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
