import { uniformValues } from '@nt/tensor';
import { forecasterOptionTable } from '../forecaster-options.ts';
import { checkKeys, checkObject } from '../options/check-keys.ts';
import { badOption } from '../options/option.ts';
import { trainingOptionTable } from '../training/training-options.ts';

/** Numbers between two ends, both included. */
export interface SearchRange {
  readonly min: number;
  readonly max: number;
  /** `linear` (default), or `log`: equal ratios are equally likely. */
  readonly scale?: 'linear' | 'log' | undefined;
  /** Numbers `min + k step`: 1 for whole numbers. Default: all numbers. */
  readonly step?: number | undefined;
}

/** What an option may be: a range, or a list of values of which each is equally likely. */
export type SearchChoice = SearchRange | readonly unknown[];

/**
 * What is searched: options of forecaster and training by name (`learningRate`, `inputSize`, `loss`), those of the network
 * behind `model.` (`model.hiddenSize`). JSON.
 */
export type SearchSpace = Readonly<Record<string, SearchChoice>>;

/** One value for each option of a space. */
export type SearchPoint = Readonly<Record<string, unknown>>;

/** Not searched: what is to be forecast, on what a trial's length and chance depend, and options that hold others. */
const fixed = ['horizon', 'seed', 'model', 'maxUpdates', 'maxEpochs'];
const names = Object.keys({ ...forecasterOptionTable, ...trainingOptionTable }).filter((name) => !fixed.includes(name));
const ofModel = /^model\.\w+$/;

/** @throws ForecastError `forecast/unknown-option`, `forecast/option` */
export function checkSpace(space: SearchSpace): void {
  checkObject('space', space);
  const others = Object.fromEntries(Object.entries(space).filter(([name]) => !ofModel.test(name)));
  checkKeys('space', others, names);
  if (Object.keys(space).length === 0) throw badOption('space', 'at least one option to search', space);
  for (const [name, choice] of Object.entries(space)) checkChoice(`space.${name}`, choice);
}

function checkChoice(name: string, choice: SearchChoice): void {
  if (Array.isArray(choice)) {
    if (choice.length === 0) throw badOption(name, 'at least one value', choice);
    return;
  }
  if (typeof choice !== 'object' || choice === null) throw badOption(name, 'a list, or { min, max }', choice);
  checkKeys(name, choice, ['min', 'max', 'scale', 'step']);
  const { min, max, scale = 'linear', step } = choice as SearchRange;
  if (!Number.isFinite(min) || !Number.isFinite(max) || min > max) throw badOption(name, 'numbers min <= max', choice);
  if (scale !== 'linear' && scale !== 'log') throw badOption(`${name}.scale`, "'linear' or 'log'", scale);
  if (scale === 'log' && min <= 0) throw badOption(`${name}.min`, "a number > 0 with scale 'log'", min);
  if (step !== undefined && !(step > 0 && step < Infinity)) throw badOption(`${name}.step`, 'a number > 0', step);
}

/** The point of a trial: random, the same for the same seed, trial and space. @param trial from 0 */
export function drawPoint(space: SearchSpace, seed: number, trial: number): SearchPoint {
  const options = Object.keys(space).sort();
  const uniform = uniformValues(options.length, { seed, counter: trial });
  return Object.fromEntries(options.map((name, i) => [name, valueAt(space[name]!, uniform[i]!)]));
}

/** Values at which an option of a space is checked before anything is tried: all of a list, both ends of a range. */
export const extremes = (choice: SearchChoice): readonly unknown[] =>
  Array.isArray(choice) ? choice : [(choice as SearchRange).min, (choice as SearchRange).max];

/** @param share in [0, 1) */
function valueAt(choice: SearchChoice, share: number): unknown {
  if (Array.isArray(choice)) return choice[Math.floor(share * choice.length)];
  const { min, max, scale, step } = choice as SearchRange;
  const value = scale === 'log' ? min * (max / min) ** share : min + (max - min) * share;
  if (step === undefined) return value;
  const most = Math.floor((max - min) / step + 1e-9);
  // On a linear scale each of the steps is as likely as the others, those at the ends too.
  const steps = scale === 'log' ? Math.round((value - min) / step) : Math.floor(share * (most + 1));
  return min + Math.min(steps, most) * step;
}
