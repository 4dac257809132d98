/** What a command tells a person, on stderr, so that stdout stays for results. `quiet` silences all but errors. */
export interface Terminal {
  readonly isInteractive: boolean;
  /** Columns of the terminal; 80 when it is none. */
  readonly width: number;
  line(text?: string): void;
  /** Said also when quiet. */
  error(text: string): void;
}

/** Where people look while a command runs. */
export function stderrTerminal(quiet: boolean): Terminal {
  return {
    isInteractive: !quiet && process.stderr.isTTY === true,
    width: process.stderr.columns ?? 80,
    line: (text = '') => {
      if (!quiet) process.stderr.write(`${text}\n`);
    },
    error: (text) => {
      process.stderr.write(`${text}\n`);
    },
  };
}
