import type { SeriesSet } from '@nt/data';
import type { Backend, Json, Tensor } from '@nt/tensor';
import type { LearningRateSuggestion, TrainResult } from '@nt/trainer';
import { checkUsable } from './check-arguments.ts';
import { dataFingerprint, hash, splitFingerprint, weightsFingerprint } from './fit/data-fingerprint.ts';
import { type FitPlan, fitPlan } from './fit/fit-plan.ts';
import { loadStart } from './fit/load-start.ts';
import type { PlanOptions } from './fit/plan-options.ts';
import { checkRunOptions, type RunOptions } from './fit/run-options.ts';
import { checkTeacher, lessonsOf } from './fit/teacher.ts';
import { type RateTestOptions, testLearningRates } from './fit/test-learning-rates.ts';
import { scalersForFit, trainModel } from './fit/train-model.ts';
import { FittedForecaster } from './fitted-forecaster.ts';
import { ForecastError } from './forecast-error.ts';
import { type ForecasterConfig, type ForecasterOptions, forecasterConfig } from './forecaster-options.ts';
import { headOf } from './heads/heads.ts';
import { createNetwork } from './models/create-network.ts';
import type { ModelFactory } from './models/model-factory.ts';
import { badOption } from './options/option.ts';
import { covariateCounts } from './predict/check-covariates.ts';
import { fittedNetwork } from './predict/fitted-network.ts';
import { withCalendar } from './predict/with-calendar.ts';
import { modelState } from './saved/model-state.ts';

/** What a fit gives: the fitted forecaster, and how training went. */
export interface Fit {
  readonly forecaster: FittedForecaster;
  readonly result: TrainResult;
}

/**
 * A recipe: it joins data, scaling, network and training, and never changes. `plan` decides everything about a fit,
 * `fit` carries it out; what comes out predicts. The network comes from a `ModelFactory`; `NhitsForecaster` is this with
 * N-HiTS. The nouns are GluonTS's: an estimator trains into a predictor.
 *
 * The engine is the caller's: a forecaster never disposes it.
 */
export class Forecaster<T extends Tensor = Tensor> {
  readonly config: ForecasterConfig;
  readonly #factory: ModelFactory;
  readonly #backend: Backend<T>;

  /** @throws ForecastError `forecast/option`, `forecast/unknown-option`, and the model's error for its own options */
  constructor(factory: ModelFactory, backend: Backend<T>, options: ForecasterOptions) {
    checkUsable('backend', backend ?? null, 'an engine, such as createCpuBackend of @nt/backend-cpu gives', [
      'describe',
    ]);
    this.#factory = factory;
    this.#backend = backend;
    this.config = forecasterConfig(options);
    const { inputSize, horizon, model } = this.config;
    factory.check({ inputSize, horizon, outputs: 1, historic: 0, future: 0, static: 0 }, model);
  }

  /** The name in tables of what it trains. */
  get method(): string {
    return this.#factory.modelType;
  }

  /**
   * Decides how to train on a data set: splits it by time, fills in every option, counts windows and updates.
   *
   * @throws DataError `data/too-short`, ForecastError `forecast/no-windows`, `forecast/option`, `forecast/unknown-option`
   */
  plan(set: SeriesSet, options: PlanOptions = {}): FitPlan {
    return fitPlan(set, this.config, options);
  }

  /**
   * Trains as planned: scales by the training part, keeps the best weights. Can be called as often as one likes; each
   * call trains a new network.
   *
   * @returns on reason `aborted` the fitted forecaster holds the last weights
   * @throws ForecastError `forecast/option` for the plan of another forecaster or weights to begin with that do not fit,
   *   `forecast/unknown-option`; TrainerError; the reason of `signal` where it was aborted before the teacher was asked
   */
  async fit(plan: FitPlan, options: RunOptions = {}): Promise<Fit> {
    this.#check(plan);
    checkRunOptions(options);
    const set = withCalendar(plan.set, this.config, 0);
    const start = await options.from?.saveWeights();
    const { kept: scaler, training } = scalersForFit(plan, set);
    const counts = covariateCounts(set);
    const head = headOf(plan.training.loss);
    const { modelType } = this.#factory;
    const { teacher } = options;
    if (teacher) {
      checkTeacher(teacher, plan, head);
      // Asking it may take minutes, and without its answers nothing could be kept of a run.
      options.signal?.throwIfAborted();
    }
    const scaled = training.transform(set);
    const lessons = teacher ? await lessonsOf(teacher, plan, training) : null;
    const identity: Json = {
      modelType,
      forecaster: this.config as unknown as Json,
      training: plan.training as unknown as Json,
      split: plan.parts ? { ...plan.parts } : splitFingerprint(plan.split),
      data: dataFingerprint(plan.set),
      ...(start && { from: weightsFingerprint(start) }),
      ...(lessons && { teacher: { weight: lessons.weight, forecasts: hash([lessons.forecasts]) } }),
      engine: (await this.#backend.describe()).kernelSet,
    };
    const model = createNetwork(this.#factory, this.#backend, this.config, counts, head, start !== undefined);
    const network = { backend: this.#backend, model, head, counts };
    try {
      if (start)
        loadStart(model, start, options.from, { ...plan, loss: plan.training.loss, covariates: namesOf(plan.set) });
      const result = await trainModel({ ...network, plan, scaled, lessons, identity, options });
      const learntFrom = [teacher?.predictor.trainedOn, options.from?.trainedOn];
      const state = modelState(plan, modelType, scaler, { ...identity, result: summaryOf(result) }, learntFrom);
      const records = { history: result.history, report: plan.set.report, evaluation: null };
      return { forecaster: new FittedForecaster(fittedNetwork(network), scaler, state, records), result };
    } catch (error) {
      model.dispose();
      throw error;
    }
  }

  /**
   * Learning-rate range test of a plan: some updates of a network that is thrown away, with a growing rate; nothing but the
   * training part is looked at.
   *
   * @throws ForecastError `forecast/option` for the plan of another forecaster; TrainerError `trainer/bad-option`
   */
  async findLearningRate(plan: FitPlan, options: RateTestOptions = {}): Promise<LearningRateSuggestion> {
    this.#check(plan);
    const set = withCalendar(plan.set, this.config, 0);
    const scaled = scalersForFit(plan, set).training.transform(set);
    const counts = covariateCounts(set);
    const head = headOf(plan.training.loss);
    const model = createNetwork(this.#factory, this.#backend, this.config, counts, head, false);
    try {
      return await testLearningRates(
        { backend: this.#backend, model, head, counts, plan, scaled, lessons: null },
        options,
      );
    } finally {
      model.dispose();
    }
  }

  #check(plan: FitPlan): void {
    const { forecaster } = (plan ?? {}) as Partial<FitPlan>;
    if (!forecaster) throw badOption('plan', 'what plan() of this forecaster gave', plan);
    if (JSON.stringify(forecaster) === JSON.stringify(this.config)) return;
    throw new ForecastError('forecast/option', 'plan: expected one that this forecaster made; another made it.', {
      option: 'plan',
      expected: this.config,
      received: forecaster,
    });
  }
}

const namesOf = ({ historic, future, static: fixed }: SeriesSet) => ({
  historic: historic?.names ?? [],
  future: future?.names ?? [],
  static: fixed?.names ?? [],
});

function summaryOf(result: TrainResult): Json {
  const { reason, updates, epochs, windows: seenWindows, seconds, weights, best, capture } = result;
  return {
    reason,
    updates,
    epochs,
    windows: seenWindows,
    seconds,
    weights,
    best: best && { ...best },
    capture: capture && recorded(capture),
  };
}

/** Of each part of the training: calls that were repetitions of recorded commands, others, and why there were others. */
const recorded = (capture: NonNullable<TrainResult['capture']>): Json =>
  Object.fromEntries(
    Object.entries(capture).map(([part, { replays, eager, reason = null }]) => [part, { replays, eager, reason }]),
  );
