/** Where a line of numbers belongs. */
export interface LogPosition {
  /** Completed updates. */
  readonly update: number;
  /** Number of the running epoch, from 0. */
  readonly epoch: number;
}

/** Anything that takes named numbers over time: a file, TensorBoard, a chart. */
export interface Logger {
  /** Takes numbers by name, such as `trainLoss`. */
  log(scalars: Readonly<Record<string, number>>, at: LogPosition): void | Promise<void>;
  /** The run continues from here: whatever was logged for later updates, by a part that was killed, no longer holds. */
  rewind?(at: LogPosition): void | Promise<void>;
  /** Called once at the end of the run, also after an error. */
  close?(): void | Promise<void>;
}
