import type { CaptureSite, Tensor } from '@nt/tensor';
import type { UpdateInputs } from './update-run.ts';

/** What an update leaves beside new weights and state. */
export type Done<T extends Tensor> = {
  readonly norm: T | undefined;
  /** Undefined when it was open for certain. */
  readonly gate: T | undefined;
};

type Inputs<T extends Tensor> = Omit<UpdateInputs<T>, 'gate' | 'norm' | 'numbersNow' | 'onRead'> & {
  readonly gate: number | T;
  readonly measureNorm: boolean;
};

/** An update, and what it asks again when it is repeated. */
export type CapturableUpdate<T extends Tensor> = (
  current: () => Pick<UpdateInputs<T>, 'numbers'>,
  onRead?: UpdateInputs<T>['onRead'],
) => Done<T>;

/** Steps of the chain whose measurements of each parameter go by these numbers of the host. */
type ReadBy = Readonly<Record<'updates' | 'numbers', Set<number>>>;

/**
 * Updates whose device part is recorded and repeated. The host's part (schedules, corrections, counts) runs as always: its
 * numbers are the scalars of the repetition.
 */
export class CapturedUpdates<T extends Tensor> {
  readonly #site: CaptureSite<T>;
  readonly #readBy: ReadBy = { updates: new Set(), numbers: new Set() };
  #current: Pick<UpdateInputs<T>, 'numbers'> | undefined;

  constructor(site: CaptureSite<T>) {
    this.#site = site;
  }

  run(inputs: Inputs<T>, run: CapturableUpdate<T>): Done<T> {
    this.#current = inputs;
    const call = { inputs: [], uses: usesOf(inputs), key: keyOf(inputs, this.#readBy) };
    return this.#site.run(call, () =>
      run(
        () => this.#current!,
        (step, what) => void this.#readBy[what].add(step),
      ),
    );
  }
}

/**
 * Everything that decides what the device does, but the numbers of rules, which are asked for again. What a measurement has
 * asked for in the first updates, which are not recorded, it asks for in all.
 */
function keyOf<T extends Tensor>(
  { steps, parameters, scale, gate, measureNorm, numbers }: Inputs<T>,
  readBy: ReadBy,
): string {
  const cohorts = [...new Set(numbers.values())];
  const members = cohorts.length === 1 ? [] : parameters.map(({ info }) => cohorts.indexOf(numbers.get(info.name)!));
  const isByNumbers = (index: number): boolean => steps[index]!.measure?.of === 'norm' || readBy.numbers.has(index);
  const measured = steps.flatMap((_, index) => (isByNumbers(index) ? cohorts.map((own) => own.numbers[index]) : []));
  const counts = readBy.updates.size > 0 ? cohorts.map(({ updates }) => updates) : [];
  const kinds = [typeof scale, scaleOf(scale), scaleOf(gate), measureNorm, parameters.length];
  return JSON.stringify([kinds, members, measured, counts]);
}

const scaleOf = (scalar: unknown): unknown => (typeof scalar === 'object' ? 'tensor' : scalar);

function usesOf<T extends Tensor>({ parameters, gradients, slots, scale, gate }: Inputs<T>): T[] {
  const tensors = [scale, gate].filter((scalar): scalar is T => typeof scalar === 'object');
  for (const { info, variable } of parameters) tensors.push(variable, gradients.get(info.name)!);
  for (const [, , value] of slots.entries()) tensors.push(value);
  return tensors;
}
