import type { SplitSize, TimeSplit } from '@nt/data';
import { checkObject } from '../options/check-keys.ts';
import { badOption, type DecidedOptions, decideOptions, type GivenOptions, type Option } from '../options/option.ts';
import { decideTraining } from '../training/decide-training.ts';
import { type PresetName, withPreset } from '../training/presets.ts';
import { type TrainingConfig, type TrainingOptions, trainingOptionTable } from '../training/training-options.ts';
import { checkSplitParts } from './check-split-parts.ts';

/** A fraction in [0, 1), a number of time steps, or the ISO date at which the part begins; `splitByTime` checks it. */
const sizeOption = (help: string, size: number): Option<SplitSize, SplitSize> => ({
  help,
  fallback: String(size),
  decide: (name, given = size) => {
    if (typeof given === 'number' || typeof given === 'string') return given;
    throw badOption(name, 'a fraction, a number of time steps, or an ISO date', given);
  },
});

/** The parts of a data set: every option once. */
export const partOptionTable = {
  /** Part of each series, after the training part, that decides when to stop. */
  validation: sizeOption('part that decides when to stop', 0.1),
  /** Part at the end of each series that is kept back for `evaluate`. */
  test: sizeOption('newest part, kept back to judge by', 0),
};

/** Sizes of the parts. */
export type PartOptions = GivenOptions<typeof partOptionTable>;
/** Sizes of the parts, decided. */
export type Parts = DecidedOptions<typeof partOptionTable>;

/** What a plan leaves to choose: how to train, and on which part of the data. */
export interface PlanOptions extends TrainingOptions, PartOptions {
  /** A set of defaults for what is not said; default: those of the options. */
  readonly preset?: PresetName | undefined;
  /** Parts made elsewhere, by `walkForward` for instance; `validation` and `test` are then left out. */
  readonly split?: TimeSplit | undefined;
}

/** Plan options, decided. @throws ForecastError `forecast/unknown-option`, `forecast/option` */
export function decidePlan(options: PlanOptions): {
  readonly training: TrainingConfig;
  readonly parts: Parts | null;
  readonly split: TimeSplit | undefined;
} {
  checkObject('plan', options);
  const { split, preset, ...rest } = options;
  const table = { ...partOptionTable, ...trainingOptionTable };
  const { validation, test } = decideOptions('plan', table, rest);
  const { validation: v, test: t, ...training } = rest;
  if (split !== undefined) checkSplitParts(split);
  if (split !== undefined && (v !== undefined || t !== undefined)) {
    throw badOption('split', 'no validation and test beside it, since it has these parts', { validation: v, test: t });
  }
  return {
    training: decideTraining(withPreset(preset, training)),
    parts: split === undefined ? { validation, test } : null,
    split,
  };
}
