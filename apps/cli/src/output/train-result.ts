import { resolve } from 'node:path';
import type { SeriesSet } from '@nt/data';
import type { Evaluation } from '@nt/forecast';
import type { TrainResult } from '@nt/trainer';
import { shellText } from '../options/shell-text.ts';
import type { TrainFlags } from '../options/train-options.ts';
import { evaluationTable, evaluationVerdict } from './evaluation-table.ts';
import { duration, short, whole } from './numbers.ts';
import { type Terminal, writeResult } from './terminal.ts';

/** What a training run came to. */
export interface TrainedRun {
  readonly flags: TrainFlags;
  readonly set: SeriesSet;
  readonly result: TrainResult;
  /** Null when nothing was kept back to judge by, or there is no model. */
  readonly evaluation: Evaluation | null;
  /** False when the weights are not finite: no model was written. */
  readonly isUsable: boolean;
}

const reasons: Readonly<Record<TrainResult['reason'], string>> = {
  completed: 'all epochs done',
  'early-stopped': 'validation no longer improved',
  aborted: 'stopped',
  'max-time': 'time is up',
  nan: 'the loss became NaN or infinite',
};

/** Tells on stderr how training went; the result itself, a table or JSON, goes to stdout. */
export function tellResult(terminal: Terminal, run: TrainedRun): void {
  const { flags, set, result, evaluation, isUsable } = run;
  const { updates, epochs, seconds, windows, reason, best } = result;
  terminal.line();
  terminal.line(
    `trained ${whole(updates)} updates (${epochs} epochs, ${whole(windows / seconds)} windows/s) in ${duration(seconds)}: ${reasons[reason]}`,
  );
  if (isUsable && best) terminal.line(`${bestLine(run)}${result.weights === 'best' ? '; these weights are kept' : ''}`);
  if (reason === 'nan' || !isUsable) tellExplosion(terminal, run);
  if (evaluation) {
    terminal.line();
    terminal.line(
      `on ${keptBack(flags.testSplit)} of ${set.target}, which the model has not seen (${whole(evaluation.windows)} windows of ${evaluation.horizon} time steps):`,
    );
    if (!flags.json) process.stdout.write(`${evaluationTable(evaluation).join('\n')}\n`);
    terminal.line(evaluationVerdict(evaluation));
  } else if (isUsable && !flags.json) writeResult(`${best ? bestLine(run) : `trained ${whole(updates)} updates`}\n`);
  if (isUsable) {
    terminal.line();
    terminal.line(`model written to ${flags.output}`);
    terminal.line(`next: nt forecast -m ${shellText(flags.output)} -d ${shellText(flags.data)} -o forecast.csv`);
  }
  if (flags.json) {
    const { history: _, ...summary } = result;
    const model = isUsable ? resolve(flags.output) : null;
    writeResult(`${JSON.stringify({ model, result: summary, evaluation, data: set.report }, undefined, 2)}\n`);
  }
}

/** An error, so that it is said also when all else is quiet. */
function tellExplosion(terminal: Terminal, { flags, isUsable, result }: TrainedRun): void {
  terminal.error(
    isUsable
      ? `The loss became NaN or infinite. The weights from before, of update ${result.weights === 'best' ? result.best?.update : result.updates}, are in the model. Try a smaller --lr, or --clip.`
      : `The weights are NaN or infinite, and no validation before that has kept better ones: no model was written to ${flags.output}. Try a smaller --lr, or --clip.`,
  );
}

/** Without validation the loss of training says what is best. */
function bestLine({ flags, result: { best } }: TrainedRun): string {
  return `best ${flags.valSplit === 0 ? 'training' : 'validation'} loss ${short(best!.value)} after update ${best!.update}`;
}

function keptBack(size: TrainFlags['testSplit']): string {
  if (typeof size === 'string') return `the data from ${size} on`;
  return size < 1 ? `the newest ${Math.round(100 * size)} %` : `the newest ${whole(size)} time steps`;
}
