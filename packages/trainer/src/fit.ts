import type { Tensor } from '@nt/tensor';
import { badOption } from './options/check-options.ts';
import type { TrainBatch, TrainOptions } from './options/train-options.ts';
import { train } from './train.ts';
import type { TrainEvent } from './train-event.ts';
import type { TrainResult } from './train-result.ts';

/** Options of `fit`: those of `train`, and somebody to tell. */
export interface FitOptions<T extends Tensor, B extends TrainBatch, I> extends TrainOptions<T, B, I> {
  /** Hears every event. An error that it throws ends the run. */
  readonly onEvent?: ((event: TrainEvent) => void) | undefined;
}

/**
 * Runs `train` to its end.
 *
 * @throws TrainerError (as a rejection) as `train`; what `onEvent` throws passes as it is
 */
export async function fit<T extends Tensor, B extends TrainBatch, I>(
  options: FitOptions<T, B, I>,
): Promise<TrainResult> {
  const { onEvent, ...others } = { ...options };
  if (onEvent !== undefined && typeof onEvent !== 'function')
    throw badOption('fit', 'onEvent', 'to be a function', onEvent);
  const events = train<T, B, I>(others as TrainOptions<T, B, I>);
  for (;;) {
    const { done, value } = await events.next();
    if (done) return value;
    try {
      onEvent?.(value);
    } catch (error) {
      await events.return(undefined as never);
      throw error;
    }
  }
}
