import { DataError, type SeriesSet } from '@nt/data';
import {
  type BlendPredictor,
  type FittedForecaster,
  type Forecast,
  ForecastError,
  type PredictOptions,
  type Predictor,
  type RunSpec,
} from '@nt/forecast';
import { plotOfTraining, type Report, reportForecast, type ScriptEngine, scriptOf } from '@nt/report';
import type { Backend, Tensor } from '@nt/tensor';
import { sketch, writePlot } from '../output/pictures.ts';
import type { FittedRecipe } from '../output/recipe-result.ts';
import type { Terminal } from '../output/terminal.ts';
import type { TrainedRun } from '../output/train-result.ts';
import { drawForecast } from './draw-forecast.ts';
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
  const noLosses = { missing: 'no loss was a finite number.' };
  if (plot !== undefined) await writePlot(plot, losses ?? noLosses, terminal);
  if (report !== undefined) await writePage(report, await reportOf(run), terminal);
}

async function reportOf(run: ShownTraining): Promise<Report> {
  const { plan, result, evaluation, isUsable, job, spec, backend, forecaster } = run;
  const { trainWindows: train, validationWindows: validation, testWindows: test } = plan;
  return {
    ...reportBase(plan.set, await backend.describe()),
    title: `${forecaster.method}, trained on ${plan.set.report.source}`,
    ...(isUsable
      ? (await forecastOf(plan.set, forecaster)).told
      : { notices: ['The weights are NaN or infinite: no model was written.'] }),
    evaluation: evaluation ?? undefined,
    training: { history: result.history, result, windows: { train, validation, test } },
    script: scriptOf({ kind: 'train', run: spec, output: job.output, engine: backend.name as ScriptEngine }),
  };
}

/** A fitted blend with what a report tells beside it. */
export interface ShownRecipe extends FittedRecipe {
  readonly predictor: BlendPredictor;
  readonly backend: Backend<Tensor>;
  readonly spec: RunSpec;
}

/** Draws what the fit of a blend was asked to draw: a sketch and a plot of what comes next, a report. */
export async function showRecipe(run: ShownRecipe, sketches: boolean | undefined, terminal: Terminal): Promise<void> {
  const { plot, report } = run.job.command;
  const { set, predictor, explanation, evaluation, job, spec, backend } = run;
  const found = await forecastOf(set, predictor);
  const first = found.ahead?.series[0];
  if (first !== undefined) await drawForecast({ plot, sketch: sketches }, set, found.ahead!, first, terminal);
  else if (plot !== undefined) await writePlot(plot, { missing: found.told.notices!.join(' ') }, terminal);
  if (report === undefined) return;
  const page: Report = {
    ...reportBase(set, await backend.describe()),
    title: `${predictor.method}, trained on ${set.report.source}`,
    ...found.told,
    evaluation: evaluation ?? undefined,
    recipe: explanation,
    script: scriptOf({ kind: 'train', run: spec, output: job.output, engine: backend.name as ScriptEngine }),
  };
  await writePage(report, page, terminal);
}

/** A training whose forecast needs what is not known yet is no failure: the report says what is missing. */
async function forecastOf(set: SeriesSet, forecaster: Predictor): Promise<FoundForecast> {
  try {
    const ahead = await forecaster.predict(set, usualQuantiles(forecaster));
    const parts = await partsOf(forecaster, set);
    const notices = ahead.notices.map(({ message }) => message);
    return { ahead, told: { forecast: reportForecast(set, ahead, { parts }), notices } };
  } catch (error) {
    if (!(DataError.isInstance(error) || ForecastError.isInstance(error))) throw error;
    return { told: { notices: [`There is no forecast here: ${error.message}`] } };
  }
}

/** All quantiles that it has; of one that gives any, the usual intervals that its calibration allows. */
function usualQuantiles(predictor: Predictor): PredictOptions {
  const { quantiles, highestLevel = 100 } = predictor;
  return quantiles === 'any' ? { levels: [80, 95].filter((level) => level <= highestLevel) } : { quantiles };
}

interface FoundForecast {
  readonly ahead?: Forecast;
  readonly told: Pick<Report, 'forecast' | 'notices'>;
}
