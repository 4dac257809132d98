import { resolve } from 'node:path';
import type { TableReading } from '@nt/data';
import { isFilePath } from '@nt/data/node';
import type { ForecasterOptions, PlanOptions } from '@nt/forecast';
import { type ModelName, modelNames } from './create-forecaster.ts';
import { engineAsked } from './options/engine-flags.ts';
import { readerFlagsOf } from './options/reader-flags.ts';
import { type RecipeOptions, recipeOptions, wantsRecipe } from './options/recipe-options.ts';
import { forecasterOptions, planOptions, type TrainFlags } from './options/train-options.ts';
import { type CommandSettings, type RunFile, readRunFile } from './run-file.ts';
import { UsageError } from './usage-error.ts';

/** Whatever is trained. */
interface Job {
  readonly isResume: boolean;
  /** Folder of the model. */
  readonly output: string;
  readonly source: string;
  readonly reading: TableReading;
  readonly command: CommandSettings;
}

/** One network. */
export interface NetworkJob extends Job {
  readonly model: ModelName;
  readonly forecaster: ForecasterOptions;
  readonly plan: PlanOptions;
}

/** Several networks and linear models, blended. */
export interface RecipeJob extends Job {
  readonly recipe: RecipeOptions;
}

/** What `nt train` is to do: of the flags, or of an interrupted run with what the flags now say otherwise. */
export type TrainJob = NetworkJob | RecipeJob;

/** @throws UsageError without a file, or without a run to go on with */
export async function trainJob(flags: TrainFlags, verb = 'nt train'): Promise<TrainJob> {
  if (!flags.resume) {
    if (flags.data === undefined)
      throw new UsageError(`${verb} needs a file: -d prices.csv (and --target COLUMN when it has several).`);
    return jobOf(flags, flags.output);
  }
  const output = typeof flags.resume === 'string' ? flags.resume : flags.output;
  return jobOf(flags, output, await readRunFile(output));
}

function jobOf(flags: TrainFlags, output: string, run?: RunFile): TrainJob {
  const job: Job = {
    isResume: run !== undefined,
    output,
    source: flags.data === undefined ? run!.data.source : isFilePath(flags.data) ? resolve(flags.data) : flags.data,
    reading: { ...run?.data.reading, ...readerFlagsOf(flags) } as TableReading,
    command: { ...run?.command, ...settingsOf(flags) },
  };
  if (run && 'recipe' in run) {
    wantsRecipe(flags, 'recipe');
    return { ...job, recipe: recipeOptions(flags, run.recipe as RecipeOptions) };
  }
  if (wantsRecipe(flags, run && 'network')) return { ...job, recipe: recipeOptions(flags) };
  const { modelType, ...before } = run?.forecaster ?? {};
  return {
    ...job,
    model: flags.model ?? (modelType as ModelName | undefined) ?? modelNames[0]!,
    forecaster: forecasterOptions(flags, run && (before as ForecasterOptions)),
    plan: planOptions(flags, job.command.backend, run && (run.plan as PlanOptions)),
  };
}

/** What a job asks of an engine: a blend takes what there is. */
export const precisionOf = (job: TrainJob): Pick<PlanOptions, 'precision'> => ('recipe' in job ? {} : job.plan);

/** Paths become absolute, so that they hold wherever the run is resumed. */
function settingsOf(flags: TrainFlags): CommandSettings {
  const { checkpointEvery, logEvery, checkpointDir, logCsv, logJsonl, tensorboard, plot, report } = flags;
  const paths = Object.entries({ checkpointDir, logCsv, logJsonl, tensorboard, plot, report }).map(
    ([name, path]) => [name, path === undefined ? undefined : resolve(path)] as const,
  );
  const settings = { backend: engineAsked(flags), checkpointEvery, logEvery, ...Object.fromEntries(paths) };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
