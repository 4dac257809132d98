import type { SeriesSet } from '@nt/data';
import type { Backtest } from '../backtest/backtest-report.ts';
import type { Predictor } from '../predictor.ts';

/** What a worker has in hand, for methods of its own. */
export interface Held {
  /** Null before a file was read. */
  readonly set: SeriesSet | null;
  /** The worker's: not to be disposed. Null before anything was trained or loaded. */
  readonly predictor: Predictor | null;
  /** The last one of these data; null before there was any. */
  readonly backtest: Backtest | null;
}

/**
 * A method that a worker brings along, to be asked with `client.call(name, parameter)`: what is made of data and model where
 * they are, so that they need not travel. What it gives must be fit for `postMessage`.
 */
export type OwnMethod = (held: Held, parameter: never) => Promise<unknown>;
