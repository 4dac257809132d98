import { engine, keep, type NamedTensorMap, type Tensor, Variable } from '@tensorflow/tfjs-core';

/** Whether gradients are asked for of what runs now, be it recorded or computed again later (`recompute`). */
export const isDifferentiating = (): boolean => engine().state.gradientDepth > 0;

/** Whether tfjs records what runs now for a backward pass. */
export function isTaping(): boolean {
  const { gradientDepth, kernelDepth } = engine().state;
  return gradientDepth > 0 && kernelDepth === 0;
}

/** Runs `f` unrecorded, as the inside of a kernel. */
export function withoutTape<Result>(f: () => Result): Result {
  const { state } = engine();
  state.kernelDepth++;
  try {
    return f();
  } finally {
    state.kernelDepth--;
  }
}

/** A tensor for the backward pass: a variable itself, of others a handle of its own, which is added to `saved`. */
export function keptForGradient(tensor: Tensor, saved: Tensor[]): Tensor {
  if (tensor instanceof Variable) return tensor;
  const copy = keep(tensor.clone());
  saved.push(copy);
  return copy;
}

/** What one step of the backward pass has to do with. */
export interface RecordedStep {
  readonly inputs: NamedTensorMap;
  readonly outputs: Tensor[];
  /** Kept tensors, which tfjs disposes after the backward pass. */
  readonly saved: Tensor[];
}

/** Adds a step to tfjs's tape; `gradient` gives, from the gradients of the outputs, a function for each input. */
export function recordOnTape(
  kernelName: string,
  { inputs, outputs, saved }: RecordedStep,
  gradient: (dys: readonly Tensor[]) => Record<string, () => Tensor>,
): void {
  const { state } = engine();
  state.activeTape.push({ id: state.nextTapeNodeId++, kernelName, inputs, outputs, saved, gradient });
}
