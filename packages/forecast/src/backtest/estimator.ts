import type { SeriesSet, TimeSplit } from '@nt/data';
import type { Json } from '@nt/tensor';
import type { Predictor } from '../predictor.ts';

/** What an estimator is given to train on. */
export interface EstimatorInput {
  /** In the data's unit. All of it: an estimator keeps to the training and validation parts itself. */
  readonly set: SeriesSet;
  readonly split: TimeSplit;
  /** What it trained before, to go on from (warm start); null: begin anew. */
  readonly from: Predictor | null;
  /** When it aborts, `fit` rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What an estimator is given to recalibrate with. */
export interface RecalibrationInput extends Pick<EstimatorInput, 'set' | 'split'> {
  /** What it trained in an earlier fold. */
  readonly trained: Predictor;
  /** Time steps between the forecasts that will be judged. */
  readonly stride: number;
}

/**
 * Something that trains into a predictor, again and again: what a backtest refits and `leakcheck` looks through.
 * `estimatorOf` makes one of a `Forecaster`; an object of your own does as well. The noun is GluonTS's.
 */
export interface Estimator {
  /** Its name in tables: that of the predictors it trains. */
  readonly method: string;
  /** Time steps forecast at once. */
  readonly horizon: number;
  /** All that decides what it trains, so that folds of another estimator are told from its own. Default: its name. */
  readonly identity?: Json;
  /** Trains on the parts `train` and `validation`; the same input gives the same forecasts. The caller disposes the result. */
  fit(input: EstimatorInput): Promise<Predictor>;
  /**
   * Brings what it trained before up to later data without training: what is solved or weighed in seconds. The same input
   * gives the same forecasts. The result lives on what `trained` holds, which goes on as it was, and is freed with it.
   */
  recalibrate?(input: RecalibrationInput): Promise<Predictor>;
  /** What it learnt, by name: `scaler`, `weights`. `leakcheck` compares each, and so can say where a leak is. */
  inspect?(predictor: Predictor): Promise<Readonly<Record<string, Json>>>;
}

/** What a backtest or a leakcheck is about: an estimator, or something that forecasts already. */
export type Subject = Estimator | Predictor;

/** Whether it has to be trained first. */
export const isEstimator = (subject: Subject): subject is Estimator => 'fit' in subject;
