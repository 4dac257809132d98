import { fitScaler, forecastWindows, type Scaler, type SeriesSet, scalerFromJson, timeAt, windows } from '@nt/data';
import type { Backend, Json, NamedArrays, NeuralModel, Tensor } from '@nt/tensor';
import type { TrainResult } from '@nt/trainer';
import { seasonLength } from './baselines/season-length.ts';
import { checkCovariates, covariateCounts } from './check-covariates.ts';
import { dataFingerprint } from './data-fingerprint.ts';
import { evaluateWindows } from './evaluate-windows.ts';
import type { Evaluation } from './evaluation.ts';
import type { FitOptions } from './fit-options.ts';
import { type FitPlan, fitPlan } from './fit-plan.ts';
import type { Forecast } from './forecast.ts';
import { ForecastError } from './forecast-error.ts';
import { type ForecasterConfig, type ForecasterOptions, forecasterConfig } from './forecaster-options.ts';
import { type ModelState, modelState } from './model-state.ts';
import type { ModelFactory } from './models/model-factory.ts';
import { nextScope } from './next-scope.ts';
import { holdsWindow } from './part-windows.ts';
import { predictWindows } from './predict-windows.ts';
import { unseenRanges } from './seen-until.ts';
import { splitForFit } from './split-for-fit.ts';
import { trainModel } from './train-model.ts';
import type { CovariateCounts } from './window-tensors.ts';

interface Fitted<T extends Tensor> {
  readonly model: NeuralModel<T>;
  readonly scaler: Scaler;
  readonly state: ModelState;
}

/**
 * One object that joins data, scaling, network, training and evaluation. The network comes from a `ModelFactory`;
 * `NhitsForecaster` is this with N-HiTS.
 *
 * The engine is the caller's: a forecaster never disposes it. Dispose the forecaster to free its weights.
 */
export class Forecaster<T extends Tensor = Tensor> {
  readonly config: ForecasterConfig;
  readonly #factory: ModelFactory;
  readonly #backend: Backend<T>;
  #fitted: Fitted<T> | undefined;

  /** @throws ForecastError `forecast/option`, `forecast/unknown-option` */
  constructor(factory: ModelFactory, backend: Backend<T>, options: ForecasterOptions) {
    this.#factory = factory;
    this.#backend = backend;
    this.config = forecasterConfig(options);
  }

  /**
   * What `fit` with these arguments would train and judge on. Computes nothing but counts, and throws where `fit` would.
   *
   * @throws DataError `data/too-short`, ForecastError `forecast/no-windows`, `forecast/option`, `forecast/unknown-option`
   */
  plan(set: SeriesSet, options: FitOptions = {}): FitPlan {
    const { split, training } = splitForFit(set, options, this.config);
    return fitPlan(set, split, this.config, training);
  }

  /**
   * Trains on the past of every series. Splits by time, scales by the training part, keeps the best weights.
   *
   * @returns why training ended, after how many updates, with which losses; on `aborted` the forecaster is usable and
   *   holds the last weights
   * @throws DataError `data/too-short` when no training window fits, ForecastError `forecast/already-fitted`
   */
  async fit(set: SeriesSet, options: FitOptions = {}): Promise<TrainResult> {
    if (this.#fitted) {
      throw new ForecastError('forecast/already-fitted', 'This forecaster is fitted. Make another one to train again.');
    }
    const { split, training, rest, validation, test } = splitForFit(set, options, this.config);
    const scaler = fitScaler(set, { kind: this.config.scaler, ranges: split.train });
    const counts = covariateCounts(set);
    const model = this.#createModel(counts);
    const identity: Json = {
      modelType: this.#factory.modelType,
      forecaster: { ...this.config },
      training: { ...training },
      split: { validation, test },
      data: dataFingerprint(set),
      engine: (await this.#backend.describe()).kernelSet,
    };
    const run = {
      backend: this.#backend,
      model,
      config: this.config,
      training,
      set: scaler.transform(set),
      split,
      counts,
      identity,
      options: rest,
    };
    try {
      const result = await trainModel(run);
      const trained = { ...identity, result: summaryOf(result) };
      const state = modelState(this.#factory.modelType, this.config, set, split, scaler, trained);
      this.#fitted = { model, scaler, state };
      return result;
    } catch (error) {
      model.dispose();
      throw error;
    }
  }

  /**
   * Forecasts the `horizon` time steps after the end of each series of `set`, which may be newer than the training data
   * or hold other series. A series shorter than the look-back is padded on the left and masked.
   */
  async predict(set: SeriesSet): Promise<Forecast> {
    const { model, scaler, state } = this.#need('predict');
    checkCovariates(state.data, set);
    const { horizon, inputSize } = this.config;
    const ahead = forecastWindows(scaler.transform(set), { inputSize, horizon });
    const values = await predictWindows(this.#backend, model, scaler, ahead, covariateCounts(set));
    const series = Array.from({ length: ahead.count }, (_, window) => {
      const place = ahead.locate(window);
      return {
        id: set.ids[place.series]!,
        times: Array.from({ length: horizon }, (_, step) => timeAt(set, place.series, place.origin + step)),
        values: values.slice(window * horizon, (window + 1) * horizon),
      };
    });
    return { horizon, series };
  }

  /**
   * Compares the model with the naive forecasts over every window (stride 1) whose targets it has not seen: those after
   * the end of its training and validation parts. Inputs may reach back into seen data.
   *
   * @param options.seasonLength time steps of a season; default by frequency (7 for days, 24 for hours …)
   * @throws ForecastError `forecast/no-windows` when `set` holds no unseen window
   */
  async evaluate(set: SeriesSet, options: { readonly seasonLength?: number } = {}): Promise<Evaluation> {
    const { model, scaler, state } = this.#need('evaluate');
    checkCovariates(state.data, set);
    const { horizon, inputSize } = this.config;
    const ranges = unseenRanges(set, state.data.seenUntil);
    if (!holdsWindow(ranges, horizon)) {
      throw new ForecastError(
        'forecast/no-windows',
        `evaluate: expected at least ${horizon} time steps after the model's training and validation parts, found fewer in every series. Keep some back when you train (test: 0.2), or give newer data.`,
        { horizon },
      );
    }
    const raw = windows(set, { inputSize, horizon, ranges });
    const scaled = windows(scaler.transform(set), { inputSize, horizon, ranges });
    const predicted = await predictWindows(this.#backend, model, scaler, scaled, covariateCounts(set));
    return evaluateWindows(
      this.#factory.modelType,
      set,
      raw,
      predicted,
      options.seasonLength ?? seasonLength(set.frequency),
    );
  }

  /** Everything about the fitted model but its weights. */
  get state(): ModelState {
    return this.#need('state').state;
  }

  /** The weights, under the network's parameter names. */
  saveWeights(): Promise<NamedArrays> {
    return this.#need('saveWeights').model.saveWeights();
  }

  /** Makes an unfitted forecaster the one that was saved. For `fromModelFiles` and tests. */
  restore(state: ModelState, weights: NamedArrays): void {
    if (this.#fitted)
      throw new ForecastError(
        'forecast/already-fitted',
        'This forecaster is fitted. Make another one to restore into.',
      );
    const { historic, future, static: fixed } = state.data;
    const counts = { historic: historic.length, future: future.length, static: fixed.length };
    const model = this.#createModel(counts, true);
    try {
      model.loadWeights(weights);
      this.#fitted = { model, scaler: scalerFromJson(state.scaler), state };
    } catch (error) {
      model.dispose();
      throw error;
    }
  }

  /** Frees the weights. The forecaster can be fitted anew afterwards. */
  dispose(): void {
    this.#fitted?.model.dispose();
    this.#fitted = undefined;
  }

  #createModel(counts: CovariateCounts, weightsFollow = false): NeuralModel<T> {
    const { inputSize, horizon, model, seed } = this.config;
    const size = { inputSize, horizon, outputs: 1, ...counts };
    return this.#factory.create(this.#backend.ops, size, model, {
      seed,
      scope: nextScope(this.#backend),
      weightsFollow,
    });
  }

  #need(member: string): Fitted<T> {
    if (this.#fitted) return this.#fitted;
    throw new ForecastError(
      'forecast/not-fitted',
      `${member}: this forecaster has no model yet. Call fit() first, or load one.`,
    );
  }
}

function summaryOf(result: TrainResult): Json {
  const { reason, updates, epochs, windows: seenWindows, seconds, weights, best } = result;
  return { reason, updates, epochs, windows: seenWindows, seconds, weights, best: best && { ...best } };
}
