import { printable } from '@nt/data';
import type { Terminal } from './terminal.ts';

/** One line at the bottom of a terminal that is written over again and again. */
export interface StatusLine {
  /** Writes lines above it. */
  readonly terminal: Terminal;
  /** What it says from now on, cut to the width of the terminal. */
  show(text: string): void;
  /** Takes it away. */
  clear(): void;
}

const toBegin = '\r\u001b[K';

/** A status line for a terminal of people; use it only where that is interactive. */
export function statusLine(terminal: Terminal): StatusLine {
  let shown = '';
  const write = (text: string): void => void process.stderr.write(text);
  const above =
    <Parameters extends readonly unknown[]>(say: (...parameters: Parameters) => void) =>
    (...parameters: Parameters): void => {
      if (shown !== '') write(toBegin);
      say(...parameters);
      if (shown !== '') write(shown);
    };
  return {
    terminal: {
      ...terminal,
      line: above(terminal.line),
      drawing: above(terminal.drawing),
      error: above(terminal.error),
    },
    show(text) {
      // In the last column a terminal would go to the next line.
      shown = printable(text).slice(0, terminal.width - 1);
      write(`${toBegin}${shown}`);
    },
    clear() {
      if (shown !== '') write(toBegin);
      shown = '';
    },
  };
}
