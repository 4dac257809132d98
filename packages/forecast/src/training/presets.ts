import { checkName } from '../options/choice.ts';
import type { TrainingOptions } from './training-options.ts';

const presets = {
  /**
   * Trains as neuralforecast 3.3 does when it is told nothing but 256 windows in a batch: Adam at 1e-3, halved at every
   * third of 1,000 updates, MAE, no clipping, the last weights.
   */
  reference: {
    optimizer: 'adam',
    learningRate: 1e-3,
    schedule: { name: 'step', gamma: 0.5 },
    loss: 'mae',
    gradientClipNorm: 0,
    batchSize: 256,
    maxUpdates: 1000,
    patience: 0,
    restoreBestWeights: false,
    partialTargets: true,
  },
} as const satisfies Readonly<Record<string, TrainingOptions>>;

/** A set of defaults by name. */
export type PresetName = keyof typeof presets;

/** Sets of defaults by name. */
export const presetNames: readonly PresetName[] = Object.keys(presets) as PresetName[];

/** Training options with the preset's in place of what was not said. @throws ForecastError `forecast/option` */
export function withPreset(preset: PresetName | undefined, options: TrainingOptions): TrainingOptions {
  if (preset === undefined) return options;
  checkName('preset', preset, presetNames);
  const said = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...presets[preset], ...Object.fromEntries(said) };
}
