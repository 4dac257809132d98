import { resolve } from 'node:path';
import type { TableReading } from '@nt/data';
import { isFilePath } from '@nt/data/node';
import type { ForecasterOptions, PlanOptions } from '@nt/forecast';
import { type ModelName, modelNames } from './create-forecaster.ts';
import { engineAsked } from './options/engine-flags.ts';
import { readerFlagsOf } from './options/reader-flags.ts';
import { forecasterOptions, planOptions, type TrainFlags } from './options/train-options.ts';
import { type CommandSettings, type RunFile, readRunFile } from './run-file.ts';
import { UsageError } from './usage-error.ts';

/** What `nt train` is to do: of the flags, or of an interrupted run with what the flags now say otherwise. */
export interface TrainJob {
  readonly isResume: boolean;
  /** Folder of the model. */
  readonly output: string;
  readonly source: string;
  readonly reading: TableReading;
  readonly model: ModelName;
  readonly forecaster: ForecasterOptions;
  readonly plan: PlanOptions;
  readonly command: CommandSettings;
}

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
  const { modelType, ...before } = run?.forecaster ?? {};
  return {
    isResume: run !== undefined,
    output,
    source: flags.data === undefined ? run!.data.source : isFilePath(flags.data) ? resolve(flags.data) : flags.data,
    reading: { ...run?.data.reading, ...readerFlagsOf(flags) } as TableReading,
    model: flags.model ?? (modelType as ModelName | undefined) ?? modelNames[0]!,
    forecaster: forecasterOptions(flags, run && (before as ForecasterOptions)),
    plan: planOptions(flags, run && (run.plan as PlanOptions)),
    command: { ...run?.command, ...settingsOf(flags) },
  };
}

/** Paths become absolute, so that they hold wherever the run is resumed. */
function settingsOf(flags: TrainFlags): CommandSettings {
  const { checkpointEvery, logEvery, checkpointDir, logCsv, logJsonl, tensorboard, plot, report } = flags;
  const paths = Object.entries({ checkpointDir, logCsv, logJsonl, tensorboard, plot, report }).map(
    ([name, path]) => [name, path === undefined ? undefined : resolve(path)] as const,
  );
  const settings = { backend: engineAsked(flags), checkpointEvery, logEvery, ...Object.fromEntries(paths) };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
