import {
  blendEstimator,
  type CheckpointsOf,
  type Estimator,
  type EstimatorOptions,
  estimatorOf,
  type RunSpec,
} from '@nt/forecast';
import type { Backend, Tensor } from '@nt/tensor';
import type { TrainEvent } from '@nt/trainer';
import { createForecaster, type ModelName } from './create-forecaster.ts';

/** What is trained in every fold: parts follow from the fold. @param onTraining hears of each training, of a blend with its network */
export function backtestEstimator(
  run: RunSpec,
  backend: Backend<Tensor>,
  onTraining: (event: TrainEvent, member?: string) => void,
  checkpointsOf?: CheckpointsOf,
): Estimator {
  if ('recipe' in run) {
    const { validation: _, test: __, ...recipe } = run.recipe;
    const onEvent: NonNullable<Parameters<typeof blendEstimator>[1]['onEvent']> = (event) => {
      if (event.type === 'training') onTraining(event.event, event.member);
    };
    return blendEstimator(backend, { ...recipe, onEvent }, checkpointsOf);
  }
  const { modelType, ...forecaster } = run.forecaster;
  const { validation: _, test: __, ...training } = run.plan;
  const recipe = createForecaster(modelType as ModelName, forecaster, backend);
  return estimatorOf(recipe, training as EstimatorOptions, { onEvent: onTraining, checkpointsOf });
}
