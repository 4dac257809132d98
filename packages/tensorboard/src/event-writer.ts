import type { Hyperparameter, SessionStatus } from './encode-hyperparameters.ts';
import type { EventSink } from './event-sink.ts';

/** Options of `createEventWriter`. */
export interface EventWriterOptions {
  readonly sink: EventSink;
  /** Milliseconds since 1970; default `Date.now`. */
  readonly clock?: () => number;
  /**
   * The update that a resumed run continues from. TensorBoard then hides what an earlier file of the same folder holds
   * from this update on, which the killed run wrote and this one writes again. Default: nothing is hidden.
   */
  readonly resumedAt?: number;
}

/** Where a number belongs; the trainer's `LogPosition` is one. */
export interface EventPosition {
  /** Completed updates, a whole number ≥ 0: TensorBoard's `step`. */
  readonly update: number;
}

/** Options of `EventWriter.histogram`. */
export interface HistogramOptions {
  /** Parts of equal width; default 30. */
  readonly buckets?: number;
}

/** Writes one run. Fits the trainer's `Logger`. Every call ends with its record handed to the sink. */
export interface EventWriter {
  /** Scalars by tag, stored as float32; NaN and infinities are kept. One record for all of them. */
  log(scalars: Readonly<Record<string, number>>, at: EventPosition): void;
  /** The distribution of at least one finite value. */
  histogram(tag: string, values: ArrayLike<number>, at: EventPosition, options?: HistogramOptions): void;
  /** Text in Markdown. */
  text(tag: string, markdown: string, at: EventPosition): void;
  /** A picture, as the bytes of a PNG file. */
  image(tag: string, png: Uint8Array, at: EventPosition): void;
  /** This run's row in the table of hyperparameters, and the tags of the scalars that judge it. Once a run, first. */
  hyperparameters(values: Readonly<Record<string, Hyperparameter>>, metricTags: readonly string[]): void;
  /** How the run ended, for that table. */
  endSession(status: SessionStatus): void;
  /** Closes the sink; a second call does nothing, any other call is an error. */
  close(): void;
}
