import type { SeriesSet } from '@nt/data';
import type { Backtest } from '../backtest/backtest-report.ts';
import { ForecastError } from '../forecast-error.ts';
import type { Predictor } from '../predictor.ts';
import type { ModelFiles } from '../saved/model-files.ts';
import type { OpenData } from './kept-runs.ts';

/** A model, and its files: with them it outlives the engine that it lies on. */
interface HeldModel {
  /** Null after its engine went away. */
  predictor: Predictor | null;
  readonly files: ModelFiles;
}

/** What can be asked of whatever runs. */
export interface RunningWork {
  pause(): Promise<void>;
  resume(): void;
  stop(): void;
}

/** What a worker has in hand: one file, one model, one backtest, one thing that runs. */
export interface Hand {
  data: (OpenData & { readonly set: SeriesSet }) | null;
  model: HeldModel | null;
  backtest: Backtest | null;
  work: RunningWork | null;
  isBusy: boolean;
}

/** The data in hand. @throws ForecastError `forecast/nothing-open` */
export function dataOf({ data }: Hand): NonNullable<Hand['data']> {
  if (!data) throw nothingOpen('No data yet: call preview with a file first.');
  return data;
}

/** The model in hand. @throws ForecastError `forecast/nothing-open` */
export function modelOf({ model }: Hand): HeldModel {
  if (!model) throw nothingOpen('No forecaster yet: call train, or load one.');
  return model;
}

/** Frees what lies on the engine; the model's files stay. */
export function unload({ model }: Hand): void {
  model?.predictor?.dispose();
  if (model) model.predictor = null;
}

/** Puts a model in the place of the one before; null: none. */
export function hold(hand: Hand, model: HeldModel | null): void {
  unload(hand);
  hand.model = model;
}

/** Something is asked for that is not there. */
export const nothingOpen = (message: string): ForecastError => new ForecastError('forecast/nothing-open', message);
