import type { ForecasterOptions } from '../forecaster-options.ts';
import type { ModelOptions } from '../models/model-factory.ts';
import type { TrainingOptions } from '../training/training-options.ts';
import type { OptimizeConfig, OptimizeOptions } from './optimize-options.ts';
import type { SearchPoint } from './search-space.ts';

/** What to plan and fit with at a point of a space. */
export interface OptionsAtPoint {
  readonly forecaster: ForecasterOptions;
  readonly training: TrainingOptions;
}

const ofForecaster = ['inputSize', 'scaler', 'scalerScope', 'calendar'];

/** The point laid over what all trials share. */
export function optionsAt(
  { forecaster, training = {} }: Pick<OptimizeOptions, 'forecaster' | 'training'>,
  { seed, maxUpdates }: OptimizeConfig,
  point: SearchPoint,
): OptionsAtPoint {
  const model: Record<string, unknown> = { ...forecaster.model };
  const own: Record<string, unknown> = { ...forecaster, seed };
  const trained: Record<string, unknown> = { ...training, maxUpdates };
  for (const [name, value] of Object.entries(point)) {
    if (name.startsWith('model.')) model[name.slice('model.'.length)] = value;
    else (ofForecaster.includes(name) ? own : trained)[name] = value;
  }
  return {
    forecaster: { ...own, model: model as ModelOptions } as unknown as ForecasterOptions,
    training: trained as TrainingOptions,
  };
}
