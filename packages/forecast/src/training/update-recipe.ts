import { type GradientTransform, lookahead } from '@nt/optim';
import type { PlateauObserver } from '@nt/schedulers/plateau';
import { averageOf } from './averages.ts';
import { optimizerOf } from './optimizers.ts';
import type { RunLength } from './run-length.ts';
import { scheduleOf } from './schedules.ts';
import type { TrainingConfig } from './training-options.ts';

/** What the trainer needs to know of an update: its options of the same names. */
export interface UpdateRecipe {
  readonly transform: GradientTransform;
  readonly averaging?: GradientTransform;
  readonly plateau?: PlateauObserver;
}

/** Optimizer, schedule and average, made for one run. */
export function updateRecipe(config: TrainingConfig, length: RunLength): UpdateRecipe {
  const { warmupUpdates, weightDecay } = config;
  const { learningRate, plateau } = scheduleOf(
    config.schedule,
    config.learningRate,
    warmupUpdates,
    length.totalUpdates,
  );
  const inner = optimizerOf(config.optimizer, { learningRate, weightDecay });
  const averaging = averageOf(config.averaging, length);
  return {
    transform: config.lookahead ? lookahead(inner, config.lookahead) : inner,
    ...(averaging && { averaging }),
    ...(plateau && { plateau }),
  };
}
