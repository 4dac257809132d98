/** What a command leaves behind for the shell. */
export interface Outcome {
  exitCode: number;
}
