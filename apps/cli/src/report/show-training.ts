import { DataError } from '@nt/data';
import { type FittedForecaster, ForecastError, type RunSpec } from '@nt/forecast';
import { plotOfTraining, type Report, reportForecast, type ScriptEngine, scriptOf } from '@nt/report';
import type { Backend, Tensor } from '@nt/tensor';
import { askedQuantiles } from '../options/asked-quantiles.ts';
import { sketch, writePlot } from '../output/pictures.ts';
import type { Terminal } from '../output/terminal.ts';
import type { TrainedRun } from '../output/train-result.ts';
import { partsOf } from './parts-of.ts';
import { reportBase } from './report-base.ts';
import { writePage } from './write-page.ts';

/** A run with what a report tells beside its result. */
export interface ShownTraining extends TrainedRun {
  readonly forecaster: FittedForecaster;
  readonly backend: Backend<Tensor>;
  /** That makes it again. */
  readonly spec: RunSpec;
}

/** Draws what a training was asked to draw: a sketch, a plot of its losses, a report. */
export async function showTraining(
  run: ShownTraining,
  sketches: boolean | undefined,
  terminal: Terminal,
): Promise<void> {
  const { plot, report } = run.job.command;
  const losses = plotOfTraining(run.result.history);
  await sketch(terminal, { sketch: sketches }, losses, ['', 'updates']);
  if (plot !== undefined && losses !== null) await writePlot(plot, losses, terminal);
  if (report !== undefined) await writePage(report, await reportOf(run), terminal);
}

async function reportOf(run: ShownTraining): Promise<Report> {
  const { plan, result, evaluation, isUsable, job, spec, backend, forecaster } = run;
  const { trainWindows: train, validationWindows: validation, testWindows: test } = plan;
  return {
    ...reportBase(plan.set, await backend.describe()),
    title: `${forecaster.method}, trained on ${plan.set.report.source}`,
    ...(isUsable ? await forecastOf(run) : { notices: ['The weights are NaN or infinite: no model was written.'] }),
    evaluation: evaluation ?? undefined,
    training: { history: result.history, result, windows: { train, validation, test } },
    script: scriptOf({ kind: 'train', run: spec, output: job.output, engine: backend.name as ScriptEngine }),
  };
}

/** A training whose forecast needs what is not known yet is no failure: the report says what is missing. */
async function forecastOf({ plan: { set }, forecaster }: ShownTraining): Promise<Pick<Report, 'forecast' | 'notices'>> {
  try {
    const ahead = await forecaster.predict(set, askedQuantiles({}, forecaster));
    const parts = await partsOf(forecaster, set);
    return { forecast: reportForecast(set, ahead, { parts }), notices: ahead.notices.map(({ message }) => message) };
  } catch (error) {
    if (!(DataError.isInstance(error) || ForecastError.isInstance(error))) throw error;
    return { notices: [`There is no forecast here: ${error.message}`] };
  }
}
