/** Words of a command that each repetition asks for again. */
export interface LateWords {
  /** In words from the start of the command's slot. */
  readonly at: number;
  readonly length: number;
  readonly type: 'float' | 'int';
  readonly values: () => readonly number[];
}

/** A command as it was handed over. */
export interface RecordedCommand {
  /** All that follows the ticket. */
  readonly words: Int32Array;
  readonly chunks: number;
  readonly work: number;
  /** Where the numbers stand that tell threads whether what they have packed is stale; new in each repetition. */
  readonly sequences: readonly { readonly at: number; readonly part: number }[];
  readonly late: readonly LateWords[];
}

/** Is told what the engine does, in order. */
export interface CommandRecorder {
  command(command: RecordedCommand): void;
  /** Something that JavaScript does between two commands. */
  host(step: () => void): void;
}
