import { type Scaler, type SeriesSet, type Windows, windows } from '@nt/data';
import type { NamedArrays } from '@nt/tensor';
import { naive, seasonalNaive } from './baselines/naive-predictors.ts';
import { seasonLength } from './baselines/season-length.ts';
import { evaluate } from './evaluate/evaluate.ts';
import { checkEvaluateOptions, type EvaluateOptions } from './evaluate/evaluate-options.ts';
import type { Evaluation } from './evaluate/evaluation.ts';
import { holdsWindow } from './fit/part-windows.ts';
import { ForecastError } from './forecast-error.ts';
import { checkCovariates } from './predict/check-covariates.ts';
import { checkQuantilesTold } from './predict/check-quantiles-told.ts';
import type { FittedNetwork } from './predict/fitted-network.ts';
import type { Forecast } from './predict/forecast.ts';
import { predictAhead } from './predict/predict-ahead.ts';
import type { PredictOptions } from './predict/predict-options.ts';
import type { WindowForecasts } from './predict/window-forecasts.ts';
import type { Predictor } from './predictor.ts';
import type { ModelState } from './saved/model-state.ts';
import { unseenRanges } from './saved/seen-until.ts';

/** What a forecaster trained: weights, scales and all that is needed to use and to save them. Dispose it to free them. */
export class FittedForecaster implements Predictor {
  readonly method: string;
  readonly horizon: number;
  readonly quantiles: readonly number[] | 'any';
  /** Everything about it but its weights. */
  readonly state: ModelState;
  readonly #network: FittedNetwork;
  readonly #scaler: Scaler;

  /** For `Forecaster.fit` and `fromModelFiles`. */
  constructor(network: FittedNetwork, scaler: Scaler, state: ModelState) {
    this.#network = network;
    this.#scaler = scaler;
    this.state = state;
    this.method = state.modelType;
    this.horizon = state.forecaster.horizon;
    this.quantiles = network.head.quantiles;
  }

  /**
   * Forecasts the `horizon` time steps after the end of each series of `set`, which may be newer than the training data.
   * A series shorter than the look-back is padded on the left and masked.
   */
  predict(set: SeriesSet, options: PredictOptions = {}): Promise<Forecast> {
    return predictAhead(this, set, options);
  }

  async predictWindows(windowsOf: Windows, quantiles: readonly number[] = []): Promise<WindowForecasts> {
    checkQuantilesTold(this, quantiles);
    checkCovariates(this.state.data, windowsOf.set);
    const { inputSize } = this.state.forecaster;
    const scaled = { ...windowsOf, set: this.#scaler.transform(windowsOf.set), inputSize };
    return this.#network.forecasts(this.#scaler, scaled, quantiles);
  }

  /**
   * Compares it with the naive forecasts over every window (stride 1) whose targets it has not seen: those after the end
   * of its training and validation parts. Inputs may reach back into seen data.
   *
   * @throws ForecastError `forecast/no-windows` when `set` holds no unseen window
   */
  async evaluate(set: SeriesSet, options: EvaluateOptions = {}): Promise<Evaluation> {
    checkEvaluateOptions(options);
    const { horizon } = this;
    const { inputSize } = this.state.forecaster;
    const season = options.seasonLength ?? seasonLength(set.frequency);
    const ranges = unseenRanges(set, this.state.data.seenUntil);
    if (!holdsWindow(ranges, horizon)) {
      throw new ForecastError(
        'forecast/no-windows',
        `evaluate: expected at least ${horizon} time steps after the model's training and validation parts, found fewer in every series. Keep some back when you train (test: 0.2), or give newer data.`,
        { horizon },
      );
    }
    const unseen = windows(set, { inputSize, horizon, ranges });
    const rivals = [naive(horizon), ...(season > 1 ? [seasonalNaive(horizon, season)] : [])];
    return evaluate([this, ...rivals], unseen, { ...options, seasonLength: season });
  }

  /** The weights, under the network's parameter names. */
  saveWeights(): Promise<NamedArrays> {
    return this.#network.saveWeights();
  }

  /** Frees the weights. */
  dispose(): void {
    this.#network.dispose();
  }
}
