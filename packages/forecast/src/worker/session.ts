import type { Tensor } from '@nt/tensor';
import { evaluateUnseen } from '../evaluate/evaluate-unseen.ts';
import { ForecastError } from '../forecast-error.ts';
import { forecastParts } from '../predict/forecast-parts.ts';
import type { Predictor } from '../predictor.ts';
import { fromModelFiles, toModelFiles } from '../saved/model-files.ts';
import { type CreateEngine, engineHolder, engineReport } from './engine-holder.ts';
import type { DataPreview } from './file-messages.ts';
import { dataOf, type Hand, hold, modelOf, nothingOpen, unload } from './hand.ts';
import {
  findKept,
  forgetRun,
  inMemory,
  isRefused,
  type OpenData,
  type OpenStorage,
  placeOfRun,
  unlessRefused,
} from './kept-runs.ts';
import { mostLosses } from './lost-engine.ts';
import type { TrainRequest, WorkerBacktestEvent, WorkerMethods, WorkerTrainEvent } from './messages.ts';
import { modelReport } from './model-report.ts';
import type { OwnMethod } from './own-methods.ts';
import { readFile, readLines } from './read-file.ts';
import { runBacktest } from './run-backtest.ts';
import { labelled, previewOf, seriesPart } from './told-data.ts';
import { decideRequest } from './train-attempts.ts';
import { startJob } from './training-job.ts';

/** Hears what a request tells while it goes on. */
export type Tell = (event: never) => void;

/** The methods of a worker; `tell` is of the request that is answered. */
export type Session = {
  readonly [Name in keyof WorkerMethods]: (
    parameter: Parameters<WorkerMethods[Name]>[0],
    tell: Tell,
  ) => ReturnType<WorkerMethods[Name]>;
};

/** Everything that a worker does, without the messages. */
export function createSession<T extends Tensor>(
  createEngine: CreateEngine<T>,
  openStorage: OpenStorage,
  methods: Readonly<Record<string, OwnMethod>> = {},
): Session {
  const hand: Hand = { data: null, model: null, backtest: null, work: null, isBusy: false };
  const engine = engineHolder(createEngine);
  const open = (wish?: string) => engine.open(wish, () => unload(hand));
  /** One thing at a time on the one engine. */
  const alone = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (hand.isBusy) throw new ForecastError('forecast/busy', 'The worker is busy: wait for it, or stop the training.');
    hand.isBusy = true;
    try {
      return await work();
    } finally {
      hand.work = null;
      hand.isBusy = false;
    }
  };
  const loseEngine = async (): Promise<void> => {
    if (hand.model) hand.model.predictor = null; // what lies on a lost device cannot be freed
    await engine.drop();
  };
  /** Uses the model, which is made again from its files where its engine went away. */
  const withModel = async <Result>(use: (predictor: Predictor) => Promise<Result>): Promise<Result> => {
    const model = modelOf(hand);
    const load = async (): Promise<Predictor> => {
      const { backend } = await open();
      model.predictor ??= await fromModelFiles(backend, model.files);
      return model.predictor;
    };
    try {
      return await use(await load());
    } catch (error) {
      if (!(await engine.isLost(error))) throw error;
      await loseEngine();
      return use(await load());
    }
  };
  const preview = async (data: OpenData, asModel = false): Promise<DataPreview> => {
    const reading = asModel ? await withModel(async ({ trainedOn }) => trainedOn?.reading) : undefined;
    const set = await readFile(data.file, data.name, data.options, reading);
    hand.backtest = null;
    hand.data = { ...data, set };
    return previewOf(data.name, set);
  };
  const decide = async (request: TrainRequest) => {
    const chosen = await open(request.engine);
    return { chosen, decided: decideRequest(chosen.backend, dataOf(hand).set, request) };
  };

  const session: Session = {
    engine: (wish) => alone(async () => engineReport(await open(wish))),
    preview: ({ file: given, name, options = {}, asModel }) =>
      alone(async () => {
        const file = given ?? dataOf(hand).file;
        const own = given ? (given as { readonly name?: string }).name : dataOf(hand).name;
        return preview({ file, name: name ?? own ?? '', options }, asModel);
      }),
    lines: async ({ file = dataOf(hand).file, first, last }) => readLines(file, first, last),
    series: async ({ series, last }) => seriesPart(dataOf(hand).set, series, last),
    plan: (request) => alone(async () => (await decide(request)).decided.report),
    train: (request, tellAny) =>
      alone(async () => {
        const tell = tellAny as (event: WorkerTrainEvent) => void;
        await decide(request); // before anything of an earlier run is given up
        let place = await placeOfRun(openStorage, request, dataOf(hand), tell);
        hold(hand, null);
        hand.backtest = null;
        let losses = 0;
        const hear = (event: WorkerTrainEvent): void => {
          const own = event.type === 'training' ? event.event : event;
          if (own.type === 'checkpoint-saved') losses = 0;
          tell(event);
        };
        const job = startJob(
          async (about) => {
            const { chosen, decided } = await decide(request);
            tell({ type: 'planned', plan: decided.report, engine: await engineReport(chosen) });
            const resume = about.resume && (await place.checkpoints.list()).length > 0;
            return decided.train(place.checkpoints)({ ...about, resume });
          },
          {
            resume: place.resume,
            async recover(error) {
              if (place.isKept && isRefused(error)) {
                tell({ type: 'not-kept', message: (error as Error).message });
                place = await inMemory(place);
                return true;
              }
              losses += 1;
              if (losses > mostLosses || !(await engine.isLost(error))) return false;
              tell({ type: 'engine-lost', message: (error as Error).message });
              await loseEngine();
              return true;
            },
          },
          hear,
        );
        hand.work = job;
        const { reason, result, finish, dispose } = await job.end;
        try {
          const predictor = await finish();
          hold(hand, { predictor, files: await toModelFiles(predictor) });
        } catch (error) {
          dispose();
          throw error;
        } finally {
          // Where it ended without a model, it would do so again.
          if (request.keep !== undefined) await forgetRun(openStorage, request.keep).catch(unlessRefused);
        }
        const predictor = hand.model!.predictor!;
        return { reason, result, model: modelReport(predictor) };
      }),
    pause: async () => hand.work?.pause(),
    resume: async () => hand.work?.resume(),
    stop: async () => hand.work?.stop(),
    forecast: ({ levels = [] }) =>
      alone(() => withModel(async (predictor) => labelled(dataOf(hand).set, predictor, levels))),
    decompose: () => alone(() => withModel((predictor) => forecastParts(predictor, dataOf(hand).set))),
    evaluate: (options) => alone(() => withModel((predictor) => evaluateUnseen(predictor, dataOf(hand).set, options))),
    backtest: (request, tellAny) =>
      alone(async () => {
        const tell = tellAny as (event: WorkerBacktestEvent) => void;
        const { set } = dataOf(hand);
        const chosen = await open(request.train.engine);
        tell({ type: 'planned', engine: await engineReport(chosen) });
        const abort = new AbortController();
        const stop = () => abort.abort(new ForecastError('forecast/stopped', 'The backtest was stopped.'));
        hand.work = { pause: async () => {}, resume: () => {}, stop };
        hand.backtest = await runBacktest(chosen.backend, set, request, abort.signal, tell);
        const { table: _, ...told } = hand.backtest;
        return told;
      }),
    save: async () => modelOf(hand).files,
    load: (files) =>
      alone(async () => {
        const { backend } = await open();
        const predictor = await fromModelFiles(backend, files);
        hold(hand, { predictor, files });
        return modelReport(predictor);
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
  const own = Object.entries(methods).map(([name, method]) => {
    const use = (predictor: Predictor | null, parameter: unknown) =>
      method({ set: hand.data?.set ?? null, predictor, backtest: hand.backtest }, parameter as never);
    const call = (parameter: unknown) =>
      alone(() => (hand.model ? withModel((predictor) => use(predictor, parameter)) : use(null, parameter)));
    return [name, call] as const;
  });
  return { ...Object.fromEntries(own), ...session };
}
