import { forecastWindows, type Scaler, type SeriesSet, type Windows } from '@nt/data';
import type { Json, NamedArrays } from '@nt/tensor';
import type { HistoryRow } from '@nt/trainer';
import { checkSet } from './check-arguments.ts';
import type { EvaluateOptions } from './evaluate/evaluate-options.ts';
import { evaluateUnseen, unseenWindows } from './evaluate/evaluate-unseen.ts';
import type { Evaluation } from './evaluate/evaluation.ts';
import { checkCovariates } from './predict/check-covariates.ts';
import { checkFrequency, noticesOf, seriesWithoutValues, withModelId } from './predict/check-data.ts';
import { checkQuantilesTold } from './predict/check-quantiles-told.ts';
import type { FittedNetwork } from './predict/fitted-network.ts';
import type { Forecast, ForecastNotice } from './predict/forecast.ts';
import type { WindowPart } from './predict/network-parts.ts';
import { predictAhead } from './predict/predict-ahead.ts';
import type { PredictOptions } from './predict/predict-options.ts';
import { rowsInReach } from './predict/rows-in-reach.ts';
import { scalerFor } from './predict/scaler-for.ts';
import type { WindowForecasts } from './predict/window-forecasts.ts';
import { withCalendar } from './predict/with-calendar.ts';
import type { Predictor, Saving } from './predictor.ts';
import { describeState } from './saved/describe-state.ts';
import type { ModelRecords } from './saved/model-records.ts';
import type { ModelState } from './saved/model-state.ts';
import type { TrainingData } from './saved/training-data.ts';
import { networkFiles } from './saved/write-network.ts';

/** What the forecast of a series is the sum of. */
export interface SeriesParts {
  readonly id: string;
  /** `level`, `linear skip`, `stack 1` … with one number for each time step, in the data's unit. */
  readonly parts: readonly WindowPart[];
}

/** What a forecaster trained: weights, scales and all that is needed to use and to save them. Dispose it to free them. */
export class FittedForecaster implements Predictor {
  readonly method: string;
  readonly horizon: number;
  readonly quantiles: readonly number[] | 'any';
  /** Everything about it but its weights. */
  readonly state: ModelState;
  /** What is kept of it for people: how training went, what was found in the data, how it was judged. */
  readonly records: ModelRecords;
  readonly #network: FittedNetwork;
  readonly #scaler: Scaler;

  /** For `Forecaster.fit` and `fromModelFiles`. */
  constructor(network: FittedNetwork, scaler: Scaler, state: ModelState, records: ModelRecords) {
    this.#network = network;
    this.#scaler = scaler;
    this.state = state;
    this.records = records;
    this.method = state.modelType;
    this.horizon = state.forecaster.horizon;
    this.quantiles = network.head.quantiles;
  }

  get trainedOn(): TrainingData {
    return this.state.data;
  }

  get saving(): Saving {
    const { state, records } = this;
    return { kind: 'network', state, files: async () => networkFiles(state, await this.saveWeights(), records) };
  }

  /** How training went: losses by update. Empty for models that were saved without it. */
  get history(): readonly HistoryRow[] {
    return this.records.history;
  }

  /**
   * Forecasts the time steps after the end of each series of `set`, which may be newer than the training data or hold
   * other series: one that was not in the training is scaled by its own rows (`scalerScope`). A series shorter than the
   * look-back is padded on the left and masked; one of which nothing was observed within it is left out. `notices` say what a person should know of that.
   *
   * @throws ForecastError `forecast/frequency`, `forecast/covariates`, `forecast/too-short`, `forecast/no-quantiles`,
   *   `forecast/option`; DataError `data/future-covariates` naming series and time
   */
  predict(set: SeriesSet, options: PredictOptions = {}): Promise<Forecast> {
    return predictAhead(this, set, options);
  }

  notices(set: SeriesSet): readonly ForecastNotice[] {
    this.#check(set);
    return noticesOf(this.state, set);
  }

  cannotForecast(set: SeriesSet): readonly string[] {
    return seriesWithoutValues(this.state, set);
  }

  async predictWindows(asked: Windows, quantiles: readonly number[] = []): Promise<WindowForecasts> {
    checkQuantilesTold(this, quantiles);
    const { scaler, scaled } = this.#scaled(asked);
    return this.#network.forecasts(scaler, scaled, quantiles);
  }

  /**
   * What the forecast of each series of `set` is the sum of, added in this order: the last known value, the linear skip if
   * there is one, each stack. In the data's unit; each is what it adds to those before it. Covariates known ahead must be
   * in `set` (`joinFuture`). Null where the network cannot say, as a linear one.
   *
   * @throws as `predict`
   */
  async decompose(set: SeriesSet): Promise<readonly SeriesParts[] | null> {
    const { horizon } = this;
    const { scaler, scaled } = this.#scaled(forecastWindows(set, { inputSize: 1, horizon }));
    const parts = await this.#network.parts(scaler, scaled);
    const unknown = new Set(this.cannotForecast(set));
    return (
      parts &&
      set.ids.flatMap((id, series) => {
        const own = { start: series * horizon, end: (series + 1) * horizon };
        const rows = parts.map(({ name, values }) => ({ name, values: values.slice(own.start, own.end) }));
        return unknown.has(id) ? [] : [{ id, parts: rows }];
      })
    );
  }

  /**
   * Compares it with the naive forecasts over every window (stride 1) whose targets it has not seen: those after the end
   * of its training and validation parts. Inputs may reach back into seen data.
   *
   * @throws ForecastError `forecast/no-windows` when `set` holds no unseen window
   */
  async evaluate(set: SeriesSet, options: EvaluateOptions = {}): Promise<Evaluation> {
    this.#check(set);
    return evaluateUnseen(this, set, options);
  }

  /** Every window (stride 1) whose targets it has not seen. @throws ForecastError `forecast/no-windows` */
  unseenWindows(set: SeriesSet): Windows {
    return unseenWindows(this, set, this.state.forecaster.inputSize);
  }

  /** What it is and how it came about, for people and reports: JSON. */
  describe(): Json {
    return describeState(this.state);
  }

  /** The weights, under the network's parameter names. */
  saveWeights(): Promise<NamedArrays> {
    return this.#network.saveWeights();
  }

  /** Frees the weights. */
  dispose(): void {
    this.#network.dispose();
  }

  /** Windows as the network takes them: with calendar, scaled, of its own look-back. */
  #scaled(asked: Windows): { readonly scaler: Scaler; readonly scaled: Windows } {
    this.#check(asked.set);
    const { forecaster, data } = this.state;
    const { inputSize, horizon } = forecaster;
    const all = { ...asked, set: withModelId(data, asked.set) };
    // A series of no training is scaled by everything that it has been.
    const isKnown = all.set.ids.every((id) => Object.hasOwn(data.seenUntil, id));
    const needed = isKnown ? rowsInReach(all, inputSize) : all;
    const set = withCalendar(needed.set, forecaster, horizon);
    const scaler = scalerFor(this.#scaler, { ...needed, set });
    return { scaler, scaled: { ...needed, set: scaler.transform(set), inputSize } };
  }

  #check(set: SeriesSet): void {
    checkSet(set);
    checkFrequency(this.state.data, set);
    checkCovariates(this.state.data, set);
  }
}
