import type { Tensor } from '@nt/tensor';
import type { TrainBatch, TrainOptions } from './options/train-options.ts';
import { train } from './train.ts';
import type { TrainEvent } from './train-event.ts';
import type { TrainResult } from './train-result.ts';

/** Options of `fit`: those of `train`, and somebody to tell. */
export interface FitOptions<T extends Tensor, B extends TrainBatch, I> extends TrainOptions<T, B, I> {
  /** Hears every event. An error that it throws ends the run. */
  readonly onEvent?: (event: TrainEvent) => void;
}

/** Runs `train` to its end. @throws TrainerError (as a rejection) as `train` */
export async function fit<T extends Tensor, B extends TrainBatch, I>({
  onEvent,
  ...options
}: FitOptions<T, B, I>): Promise<TrainResult> {
  const events = train<T, B, I>(options);
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
