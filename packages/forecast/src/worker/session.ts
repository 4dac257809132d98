import { renderReport, type SeriesSet, seasonLength, seriesValues, timeAt, writeTime } from '@nt/data';
import type { Tensor } from '@nt/tensor';
import { listCheckpoints } from '@nt/trainer';
import { memoryStorage } from '@nt/trainer/storage/memory';
import { usualBaselines } from '../baselines/usual-baselines.ts';
import { conformal } from '../combine/conformal.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { FitPlan } from '../fit/fit-plan.ts';
import { partOfPlan } from '../fit/part-of-plan.ts';
import type { FittedForecaster } from '../fitted-forecaster.ts';
import { ForecastError } from '../forecast-error.ts';
import { NhitsForecaster } from '../nhits-forecaster.ts';
import { quantilesOfLevels } from '../predict/levels.ts';
import type { Predictor } from '../predictor.ts';
import { fromModelFiles, toModelFiles } from '../saved/model-files.ts';
import { networksIn } from '../saved/networks-in.ts';
import { type CreateEngine, engineHolder, engineReport } from './engine-holder.ts';
import { findKept, forgetRun, keepRun, type OpenData, type OpenStorage } from './kept-runs.ts';
import type { DataPreview, PlanReport, TrainRequest, WorkerMethods, WorkerTrainEvent } from './messages.ts';
import { readFile, readLines } from './read-file.ts';
import { startJob, type TrainingJob } from './training-job.ts';

/** Hears what a request tells while it goes on. */
export type Tell = (event: WorkerTrainEvent) => void;

/** The methods of a worker; `tell` is of the request that is answered. */
export type Session = {
  readonly [Name in keyof WorkerMethods]: (
    parameter: Parameters<WorkerMethods[Name]>[0],
    tell: Tell,
  ) => ReturnType<WorkerMethods[Name]>;
};

/** What a worker has in hand: one file, one engine, one run, one fitted forecaster. */
interface Hand {
  data: (OpenData & { readonly set: SeriesSet }) | null;
  fitted: { readonly forecaster: FittedForecaster; readonly predictor: Predictor } | null;
  job: TrainingJob | null;
  isBusy: boolean;
}

/** Everything that a worker does, without the messages. */
export function createSession<T extends Tensor>(createEngine: CreateEngine<T>, openStorage: OpenStorage): Session {
  const hand: Hand = { data: null, fitted: null, job: null, isBusy: false };
  const engine = engineHolder(createEngine);
  const forget = (): void => {
    hand.fitted?.predictor.dispose();
    hand.fitted = null;
  };
  /** One thing at a time on the one engine. */
  const alone = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (hand.isBusy) throw new ForecastError('forecast/busy', 'The worker is busy: wait for it, or stop the training.');
    hand.isBusy = true;
    try {
      return await work();
    } catch (error) {
      if ((error as { code?: unknown }).code === 'tensor/backend-unavailable') {
        hand.fitted = null;
        await engine.drop();
      }
      throw error;
    } finally {
      hand.isBusy = false;
    }
  };
  const preview = async (data: OpenData): Promise<DataPreview> => {
    const set = await readFile(data.file, data.name, data.options);
    forget();
    hand.data = { ...data, set };
    return previewOf(data.name, set);
  };
  const recipeOf = async (request: TrainRequest) => {
    const chosen = await engine.open(request.engine, forget);
    const recipe = new NhitsForecaster(chosen.backend, request.forecaster);
    return { chosen, recipe, plan: recipe.plan(opened(hand).set, request.plan) };
  };

  return {
    engine: (wish) => alone(async () => engineReport(await engine.open(wish, forget))),
    preview: ({ file, name = (file as { readonly name?: string }).name ?? '', options = {} }) =>
      alone(() => preview({ file, name, options })),
    lines: ({ file, first, last }) => readLines(file, first, last),
    series: async ({ series, last }) => seriesPart(opened(hand).set, series, last),
    plan: (request) => alone(async () => planReport((await recipeOf(request)).plan)),
    train: (request, tell) =>
      alone(async () => {
        const { chosen, recipe, plan } = await recipeOf(request);
        const { keep, checkpointEvery, logEvery } = request;
        const checkpoints = keep === undefined ? memoryStorage() : openStorage(keep);
        const resume = request.resume === true && (await listCheckpoints(checkpoints)).length > 0;
        if (keep !== undefined && !resume) {
          await forgetRun(openStorage, keep);
          await keepRun(openStorage, request, opened(hand));
        }
        forget();
        tell({ type: 'planned', plan: planReport(plan), engine: await engineReport(chosen) });
        try {
          hand.job = startJob(recipe, plan, { checkpoints, resume, checkpointEvery, logEvery }, tell);
          const { forecaster, result } = await hand.job.fit;
          hand.fitted = { forecaster, predictor: await withIntervals(forecaster, plan) };
          if (keep !== undefined) await forgetRun(openStorage, keep);
          return { result, state: forecaster.state };
        } finally {
          hand.job = null;
        }
      }),
    pause: async () => hand.job?.pause(),
    resume: async () => hand.job?.resume(),
    stop: async () => hand.job?.stop(),
    forecast: ({ levels = [] }) =>
      alone(async () => {
        const { set } = opened(hand);
        const { predictor } = fitted(hand);
        const forecast = await predictor.predict(set, { quantiles: levels.length ? quantilesOfLevels(levels) : [] });
        const labelled = (times: readonly number[]): string[] => times.map((time) => writeTime(set, time));
        return { ...forecast, series: forecast.series.map((one) => ({ ...one, labels: labelled(one.times) })) };
      }),
    evaluate: (options) =>
      alone(async () => {
        const { set } = opened(hand);
        const { predictor, forecaster } = fitted(hand);
        const rivals = usualBaselines(predictor.horizon, set, options);
        return evaluate([predictor, ...rivals], forecaster.unseenWindows(set), options);
      }),
    save: () => alone(() => toModelFiles(fitted(hand).predictor)),
    load: (files) =>
      alone(async () => {
        const { backend } = await engine.open(undefined, forget);
        const predictor = await fromModelFiles(backend, files);
        const [forecaster] = networksIn(predictor);
        if (forecaster === undefined) {
          predictor.dispose();
          throw new ForecastError('forecast/model-file', `${predictor.method} holds no network: load it in Node.`);
        }
        forget();
        hand.fitted = { forecaster, predictor };
        return forecaster.state;
      }),
    keptRun: async (keep) => (await findKept(openStorage, keep))?.run ?? null,
    openKept: (keep) =>
      alone(async () => {
        const kept = await findKept(openStorage, keep);
        if (!kept) throw nothingOpen(`Nothing is kept under '${keep}'.`);
        return preview(kept.data);
      }),
    forgetKept: (keep) => forgetRun(openStorage, keep),
  };
}

function opened({ data }: Hand): NonNullable<Hand['data']> {
  if (!data) throw nothingOpen('No data yet: call preview with a file first.');
  return data;
}

function fitted(hand: Hand): NonNullable<Hand['fitted']> {
  if (!hand.fitted) throw nothingOpen('No forecaster yet: call train, or load one.');
  return hand.fitted;
}

const nothingOpen = (message: string): ForecastError => new ForecastError('forecast/nothing-open', message);

function previewOf(name: string, set: SeriesSet): DataPreview {
  const { report, ids, target, frequency } = set;
  return {
    name,
    report,
    lines: renderReport(report),
    series: ids,
    target,
    seasonLength: seasonLength(frequency),
  };
}

function planReport(plan: FitPlan): PlanReport {
  const { set: _set, split: _split, ...sizes } = plan;
  return sizes;
}

function seriesPart(set: SeriesSet, series: number, last: number) {
  const all = seriesValues(set, series);
  const first = Math.max(all.length - last, 0);
  const times = Float64Array.from({ length: all.length - first }, (_, step) => timeAt(set, series, first + step));
  const labels = Array.from(times, (time) => writeTime(set, time));
  return { id: set.ids[series]!, times, labels, values: Float64Array.from(all.subarray(first)) };
}

/** A network that gives points gets intervals from its errors on the validation part, where there is one. */
async function withIntervals(forecaster: FittedForecaster, plan: FitPlan): Promise<Predictor> {
  const gives = forecaster.quantiles;
  if (gives === 'any' || gives.length > 0 || plan.validationWindows === 0) return forecaster;
  return conformal(forecaster, partOfPlan(plan, 'validation'));
}
