import { printable } from '@nt/data';
import { shellText } from '../options/shell-text.ts';

/** What a command tells a person, on stderr, so that stdout stays for results. `quiet` silences all but errors. */
export interface Terminal {
  readonly isInteractive: boolean;
  /** Columns of the terminal; 80 when it is none. */
  readonly width: number;
  /** One line of text. What a file has put into it cannot control the terminal. */
  line(text?: string): void;
  /** A drawing of our own, with its colours. */
  drawing(text: string): void;
  /** Said also when quiet. */
  error(text: string): void;
}

/** Where people look while a command runs. */
export function stderrTerminal(quiet: boolean): Terminal {
  const write = (text: string) => void process.stderr.write(`${text}\n`);
  const unlessQuiet = quiet ? () => {} : write;
  return {
    isInteractive: !quiet && process.stderr.isTTY === true,
    width: process.stderr.columns ?? 80,
    line: (text = '') => unlessQuiet(printable(text)),
    drawing: unlessQuiet,
    error: (text) => write(printable(text)),
  };
}

/** Writes a result to stdout: as it is for a program, without what would control a terminal for a person. */
export function writeResult(text: string): void {
  process.stdout.write(process.stdout.isTTY ? printableLines(text) : text);
}

/** The same for a text of several lines. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n');

/** Says how to go on with what a folder holds. */
export function tellResume(terminal: Pick<Terminal, 'line'>, why: string, folder: string): void {
  terminal.line(why);
  terminal.line(`  nt resume ${shellText(folder)}`);
}
