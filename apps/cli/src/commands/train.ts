import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { renderReport, type SeriesSet } from '@nt/data';
import { type Evaluation, type FittedForecaster, NhitsForecaster } from '@nt/forecast';
import { saveModelFolder } from '@nt/forecast/node';
import type { TrainResult } from '@nt/trainer';
import { abortOnSignals } from '@nt/trainer/node';
import { createEngine } from '../create-engine.ts';
import { readData } from '../options/data-options.ts';
import { forecasterOptions, planOptions, runOptions } from '../options/forecaster-options.ts';
import type { TrainFlags } from '../options/train-options.ts';
import { evaluationTable, evaluationVerdict } from '../output/evaluation-table.ts';
import { duration, short, whole } from '../output/numbers.ts';
import { stderrTerminal, type Terminal } from '../output/terminal.ts';
import { absoluteLogs, trainingLoggers } from '../output/training-loggers.ts';
import { trainingProgress } from '../output/training-progress.ts';
import { inspectOutput, type OutputFolder, prepareOutput } from '../output-folder.ts';
import { readRunFile, writeRunFile } from '../run-file.ts';
import { UsageError } from '../usage-error.ts';

/** Trains a forecaster, judges it on what was kept back, writes it. `given` are the flags that the user typed. */
export async function train(typed: TrainFlags, given: readonly string[]): Promise<void> {
  const flags = await rememberedFlags(typed, given);
  const terminal = stderrTerminal(flags.quiet === true);
  const isResume = Boolean(flags.resume);
  const output = await inspectOutput(flags.output, flags.checkpointDir);
  if (isResume) await prepareOutput(output, true, false);
  const set = await readData(flags);
  for (const line of renderReport(set.report)) terminal.line(line);
  const backend = await createEngine(flags.backend, flags.precision);
  const recipe = new NhitsForecaster(backend, forecasterOptions(flags));
  const plan = recipe.plan(set, planOptions(flags));
  if (!isResume) await prepareOutput(output, false, flags.overwrite === true);
  if (!isResume) await writeRunFile(output.path, { ...flags, ...absoluteLogs(flags), data: resolve(flags.data) });
  const { kernelSet, engine } = await backend.describe();
  terminal.line(
    `windows: ${whole(plan.trainWindows)} to train on, then ${whole(plan.validationWindows)} to decide when to stop, then ${whole(plan.testWindows)} to judge by; at most ${whole(plan.maxUpdates)} updates`,
  );
  terminal.line(`engine: ${engine} (${kernelSet})`);
  const watch = abortOnSignals();
  watch.signal.addEventListener('abort', () => {
    terminal.line('\nStopping after this update and writing a checkpoint … (again to stop at once)');
  });
  let fitted: FittedForecaster | undefined;
  try {
    const { forecaster, result } = await recipe.fit(plan, {
      ...runOptions(flags, output),
      resume: isResume,
      signal: watch.signal,
      loggers: trainingLoggers(flags, isResume),
      onEvent: trainingProgress(terminal),
    });
    fitted = forecaster;
    if (result.reason === 'aborted') return interrupted(terminal, output, result);
    await saveModelFolder(forecaster, output.path);
    await rm(output.checkpoints, { recursive: true, force: true });
    const evaluation = flags.testSplit > 0 ? await forecaster.evaluate(set) : null;
    report(terminal, flags, set, result, evaluation);
  } finally {
    watch.dispose();
    fitted?.dispose();
    await backend.dispose();
  }
}

/** Exit code of a command that was stopped by Ctrl-C, as shells expect it. */
const interruptedExitCode = 130;

/** With `--resume`, the flags of the interrupted run, changed by those typed now. */
async function rememberedFlags(typed: TrainFlags, given: readonly string[]): Promise<TrainFlags> {
  if (!typed.resume) {
    if (typed.data === undefined)
      throw new UsageError('nt train needs a file: -d prices.csv (and --target COLUMN when it has several).');
    return typed;
  }
  const output = typeof typed.resume === 'string' ? typed.resume : typed.output;
  const remembered = await readRunFile(output);
  if (!remembered) throw new UsageError(`--resume: '${output}' holds no run of nt train (no readable run.json).`);
  const now = Object.fromEntries(given.map((name) => [name, typed[name as keyof TrainFlags]]));
  return { ...remembered, ...now, output, resume: true };
}

function interrupted(terminal: Terminal, output: OutputFolder, result: TrainResult): void {
  terminal.line(
    `Stopped after ${result.updates} updates. Nothing is lost; go on with:\n  nt train --resume ${output.path}`,
  );
  process.exitCode = interruptedExitCode;
}

const reasons: Readonly<Record<TrainResult['reason'], string>> = {
  completed: 'all epochs done',
  'early-stopped': 'validation no longer improved',
  aborted: 'stopped',
  'max-time': 'time is up',
  nan: 'the loss became NaN or infinite',
};

function report(
  terminal: Terminal,
  flags: TrainFlags,
  set: SeriesSet,
  result: TrainResult,
  evaluation: Evaluation | null,
): void {
  const { updates, seconds, windows, best } = result;
  terminal.line(
    `\ntrained ${whole(updates)} updates (${result.epochs} epochs, ${whole(windows / seconds)} windows/s) in ${duration(seconds)}: ${reasons[result.reason]}`,
  );
  if (best)
    terminal.line(`best validation loss ${short(best.value)} after update ${best.update}; these weights are kept`);
  if (result.reason === 'nan') {
    terminal.line('Try a smaller --lr, or --clip; the best weights from before are in the model.');
    process.exitCode = 1;
  }
  if (evaluation) {
    terminal.line(
      `\non the newest ${Math.round(100 * flags.testSplit)} % of ${set.target}, which the model has not seen (${whole(evaluation.windows)} windows of ${evaluation.horizon} time steps):`,
    );
    for (const line of evaluationTable(evaluation)) terminal.line(line);
    terminal.line(evaluationVerdict(evaluation));
  }
  terminal.line(
    `\nmodel written to ${flags.output}\nnext: nt forecast -m ${flags.output} -d ${flags.data} -o forecast.csv`,
  );
  if (flags.json) {
    const { history: _, ...summary } = result;
    process.stdout.write(
      `${JSON.stringify({ model: resolve(flags.output), result: summary, evaluation, data: set.report }, undefined, 2)}\n`,
    );
  }
}
