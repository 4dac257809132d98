import type { Evaluation } from '@nt/forecast';
import { plotOfErrors, type Report, scriptOf } from '@nt/report';
import type { ModelInUse } from '../commands/use-model.ts';
import { type PictureFlags, sketch, writePlot } from '../output/pictures.ts';
import type { Terminal } from '../output/terminal.ts';
import { modelRecords } from './model-records.ts';
import { reportBase } from './report-base.ts';
import { writePage } from './write-page.ts';

/** Draws what `nt evaluate` was asked to draw: a sketch and a plot of errors by step ahead, a report. */
export async function showEvaluation(
  { forecaster, set, source, describeEngine }: ModelInUse,
  evaluation: Evaluation,
  options: object,
  flags: PictureFlags & { readonly model: string; readonly sketch: boolean },
  terminal: Terminal,
): Promise<void> {
  const errors = plotOfErrors(evaluation, set.target);
  await sketch(terminal, flags, errors, ['MAE, step 1', `step ${evaluation.horizon}`]);
  if (flags.plot !== undefined) await writePlot(flags.plot, errors, terminal);
  if (flags.report === undefined) return;
  const report: Report = {
    ...reportBase(set, await describeEngine()),
    title: `${forecaster.method}, judged on ${set.report.source}`,
    ...modelRecords(forecaster),
    evaluation,
    trading: evaluation.trading,
    script: scriptOf({ kind: 'evaluate', model: flags.model, data: { source, reading: set.reading }, options }),
  };
  await writePage(flags.report, report, terminal);
}
