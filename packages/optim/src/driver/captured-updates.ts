import type { CaptureSite, Tensor } from '@nt/tensor';
import type { UpdateInputs } from './update-run.ts';

/** What an update leaves beside new weights and state. */
export type Done<T extends Tensor> = {
  readonly norm: T | undefined;
  /** Made by the update; undefined when only the caller's counts. */
  readonly gate: T | undefined;
};

/** What multiplies gradients and what may close an update: tensors of the caller's, at another place each time. */
export interface Scalars<T extends Tensor> {
  readonly scale: number | T | undefined;
  readonly gate: number | T;
}

type Inputs<T extends Tensor> = Omit<UpdateInputs<T>, keyof Scalars<T> | 'norm' | 'numbersNow' | 'onRead'> &
  Scalars<T> & { readonly measureNorm: boolean };

/** An update, and what it asks again when it is repeated. */
export type CapturableUpdate<T extends Tensor> = (
  scalars: Scalars<T>,
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
    const { scale, gate } = inputs;
    const given = [scale, gate].filter((scalar): scalar is T => typeof scalar === 'object');
    const call = { inputs: given, uses: usesOf(inputs), key: keyOf(inputs, this.#readBy) };
    return this.#site.run(call, (placed) => {
      const own = <Scalar>(scalar: Scalar | T): Scalar | T => placed[given.indexOf(scalar as T)] ?? scalar;
      return run(
        { scale: own(scale), gate: own(gate) },
        () => this.#current!,
        (step, what) => void this.#readBy[what].add(step),
      );
    });
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

function usesOf<T extends Tensor>({ parameters, gradients, slots }: Inputs<T>): T[] {
  const tensors: T[] = [];
  for (const { info, variable } of parameters) tensors.push(variable, gradients.get(info.name)!);
  slots.collect(tensors);
  return tensors;
}
