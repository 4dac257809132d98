import { resolve } from 'node:path';
import type { SplitSize } from '@nt/data';
import { isPiped } from '@nt/data/node';
import type { Evaluation, FitPlan } from '@nt/forecast';
import { evaluationVerdict } from '@nt/report/words';
import type { TrainResult } from '@nt/trainer';
import { shellText } from '../options/shell-text.ts';
import type { NetworkJob, TrainJob } from '../train-job.ts';
import { evaluationTable } from './evaluation-table.ts';
import { duration, short, whole } from './numbers.ts';
import { type Terminal, writeResult } from './terminal.ts';

/** What a training run came to. */
export interface TrainedRun {
  readonly job: NetworkJob;
  /** The result goes to stdout as JSON. */
  readonly json: boolean;
  readonly plan: FitPlan;
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
  const { job, json, plan, result, evaluation, isUsable } = run;
  const { updates, epochs, seconds, windows, reason, best } = result;
  terminal.line();
  terminal.line(
    `trained ${whole(updates)} updates (${epochs} epochs, ${whole(windows / seconds)} windows/s) in ${duration(seconds)}: ${reasons[reason]}`,
  );
  if (isUsable && best) terminal.line(`${bestLine(run)}${result.weights === 'best' ? '; these weights are kept' : ''}`);
  if (reason === 'nan' || !isUsable) tellExplosion(terminal, run);
  if (evaluation) tellEvaluation(terminal, evaluation, { target: plan.set.target, test: plan.parts!.test, json });
  else if (isUsable && !json) writeResult(`${best ? bestLine(run) : `trained ${whole(updates)} updates`}\n`);
  if (isUsable) tellNext(terminal, job);
  if (json) {
    const { history: _, ...summary } = result;
    const model = isUsable ? resolve(job.output) : null;
    writeResult(`${JSON.stringify({ model, result: summary, evaluation, data: plan.set.report }, undefined, 2)}\n`);
  }
}

/** Tells how a model was judged: the table on stdout, unless JSON goes there. */
export function tellEvaluation(
  terminal: Terminal,
  evaluation: Evaluation,
  { target, test, json }: { readonly target: string; readonly test: SplitSize; readonly json: boolean },
): void {
  terminal.line();
  terminal.line(
    `on ${keptBack(test)} of ${target}, which the model has not seen (${whole(evaluation.windows)} windows of ${evaluation.horizon} time steps):`,
  );
  if (!json) process.stdout.write(`${evaluationTable(evaluation).join('\n')}\n`);
  terminal.line(evaluationVerdict(evaluation));
}

/** Tells where the model is and what can be done with it. */
export function tellNext(terminal: Terminal, { output, source }: Pick<TrainJob, 'output' | 'source'>): void {
  terminal.line();
  terminal.line(`model written to ${output}`);
  terminal.line(
    `next: nt forecast -m ${shellText(output)} -d ${isPiped(source) ? 'FILE' : shellText(source)} -o forecast.csv`,
  );
}

/** An error, so that it is said also when all else is quiet. */
function tellExplosion(terminal: Terminal, { job, isUsable, result }: TrainedRun): void {
  terminal.error(
    isUsable
      ? `The loss became NaN or infinite. The weights from before, of update ${result.weights === 'best' ? result.best?.update : result.updates}, are in the model. Try a smaller --lr, or --clip.`
      : `The weights are NaN or infinite, and no validation before that has kept better ones: no model was written to ${job.output}. Try a smaller --lr, or --clip.`,
  );
}

/** Without validation the loss of training says what is best. */
function bestLine({ plan, result: { best } }: TrainedRun): string {
  return `best ${plan.parts?.validation === 0 ? 'training' : 'validation'} loss ${short(best!.value)} after update ${best!.update}`;
}

function keptBack(size: SplitSize): string {
  if (typeof size === 'string') return `the data from ${size} on`;
  return size < 1 ? `the newest ${Math.round(100 * size)} %` : `the newest ${whole(size)} time steps`;
}
