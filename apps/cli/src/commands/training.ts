import type { SeriesSet } from '@nt/data';
import type { BlendExplanation } from '@nt/forecast';
import type { Backend, Tensor } from '@nt/tensor';
import type { TrainResult } from '@nt/trainer';
import type { LifecycleHooks } from '../lifecycle-hooks.ts';
import { shellText } from '../options/shell-text.ts';
import type { TrainFlags } from '../options/train-options.ts';
import type { Terminal } from '../output/terminal.ts';
import type { OutputFolder } from '../output-folder.ts';
import type { CommandSettings } from '../run-file.ts';

/** A training whose data are read and whose engine runs. */
export interface Training {
  readonly flags: Pick<TrainFlags, 'overwrite' | 'json' | 'sketch'>;
  readonly terminal: Terminal;
  readonly output: OutputFolder;
  readonly set: SeriesSet;
  readonly backend: Backend<Tensor>;
  /** Of Ctrl-C, and of a command of `--on` that failed. */
  readonly signal: AbortSignal;
  /** Of Ctrl-C alone. */
  readonly interrupt: AbortSignal;
  readonly hooks: Pick<LifecycleHooks, 'onEvent'>;
}

/** How a training ended. */
export interface TrainingEnd {
  readonly exitCode: number;
  readonly result: TrainResult | BlendExplanation | null;
}

/** Whether something is drawn in the end: what draws is not loaded otherwise. */
export const asksForPictures = ({ terminal }: Training, { plot, report }: CommandSettings): boolean =>
  plot !== undefined || report !== undefined || terminal.isInteractive;

/** Says at once that Ctrl-C was heard, and what it does. @returns to be called when the last update is done */
export function tellStopping({ signal, interrupt, terminal }: Training): () => void {
  const say = (text: string) => (): void => {
    terminal.line();
    terminal.line(text);
  };
  const stopping = say('Stopping after this update and writing a checkpoint … (again to stop at once)');
  signal.addEventListener('abort', stopping, { once: true });
  return () => {
    signal.removeEventListener('abort', stopping);
    const over = say('The training is over; its result follows in a moment … (again to stop at once)');
    interrupt.addEventListener('abort', over, { once: true });
  };
}

/** Exit code of a command that was stopped by Ctrl-C, as shells expect it. */
const interruptedExitCode = 130;

/** Says how to go on. @param when `after 50 updates` */
export function interrupted({ terminal, output }: Training, when: string): number {
  terminal.line(`Stopped ${when}. Nothing is lost; go on with:`);
  terminal.line(`  nt train --resume ${shellText(output.path)}`);
  return interruptedExitCode;
}
