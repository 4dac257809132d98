import type { NamedArray, NamedArrays, Tensor } from '@nt/tensor';
import { guarded } from '../guarded.ts';
import type { TrainableModel, TrainBatch } from '../options/train-options.ts';
import { afterCheck, isBetter, shouldStop } from './early-stopping.ts';
import type { Run } from './run.ts';

/** What captures have given: memory that nobody else may hold, as a model might that was given weights of a checkpoint. */
const captured = new WeakSet<NamedArrays>();

/**
 * A copy of the weights that the model holds, independent of the engine's memory.
 *
 * @param into what is no longer needed: if a former capture gave it, its memory is used again
 */
export async function captureWeights<T extends Tensor>(
  model: TrainableModel<T>,
  into: NamedArrays | null = null,
): Promise<NamedArrays> {
  const weights = await guarded('trainer/model', "read the model's weights", () => model.saveWeights());
  const copied = ([name, array]: [string, NamedArray]): [string, NamedArray] => {
    const memory = into && captured.has(into) ? into[name]?.data : undefined;
    if (memory?.length !== array.data.length || memory.constructor !== array.data.constructor)
      return [name, { ...array, data: array.data.slice() }];
    memory.set(array.data);
    return [name, { ...array, data: memory }];
  };
  const copy = Object.fromEntries(Object.entries(weights).map(copied));
  captured.add(copy);
  return copy;
}

/** Whether the weights of the best check are those that training goes on from, which the model holds. */
export const modelHoldsBest = <T extends Tensor, B extends TrainBatch, I>({
  counters,
  optimizer,
}: Run<T, B, I>): boolean => counters.best?.update === counters.update && !optimizer.hasEvaluationWeights;

/** Puts weights into the model. */
export function loadWeights<T extends Tensor>(model: TrainableModel<T>, weights: NamedArrays): void {
  guarded('trainer/model', 'load weights into the model', () => model.loadWeights(weights));
}

/**
 * Takes a value of the monitored metric: remembers the best one with its weights (those that the model holds now),
 * and tells early stopping and the plateau observer.
 *
 * @returns whether it is the best so far
 */
export async function checkMetric<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  value: number,
): Promise<boolean> {
  const { counters, settings } = run;
  const { options, monitor, mode } = settings;
  const { update, epoch } = counters;
  const improved = isBetter(value, counters.best?.value ?? null, mode);
  if (improved) {
    counters.best = { metric: monitor, value, update, epoch };
    if (settings.tracksBest) run.bestWeights = await captureWeights(options.model, run.bestWeights);
  }
  if (options.earlyStopping) {
    counters.earlyStopping = afterCheck(counters.earlyStopping, value, update, { ...options.earlyStopping, mode });
  }
  guarded('trainer/optimizer', 'tell the plateau observer', () => options.plateau?.observe(value));
  counters.lastCheck = { update, value };
  return improved;
}

/** Whether early stopping wants the run to end. */
export function isStoppedEarly<T extends Tensor, B extends TrainBatch, I>({
  counters,
  settings,
}: Run<T, B, I>): boolean {
  const { earlyStopping, minUpdates = 0 } = settings.options;
  return earlyStopping !== undefined && shouldStop(counters.earlyStopping, counters.update, minUpdates, earlyStopping);
}
