import type { Terminal } from './output/terminal.ts';

/** Exit code of a command that was stopped by Ctrl-C, as shells expect it. */
export const interruptedExitCode = 130;

/**
 * Turns SIGINT and SIGTERM into an `AbortSignal`: the first lets the update finish and a checkpoint be written, the
 * second ends the process at once (the newest checkpoint stays whole).
 */
export function interruptible(terminal: Terminal): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(interruptedExitCode);
    terminal.line('\nStopping after this update and writing a checkpoint … (again to stop at once)');
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
