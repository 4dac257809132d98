import { resolve } from 'node:path';
import { renderReport } from '@nt/data';
import type { FittedForecaster } from '@nt/forecast';
import { saveModelFolder } from '@nt/forecast/node';
import type { TrainResult } from '@nt/trainer';
import { abortOnSignals } from '@nt/trainer/node';
import { createEngine } from '../create-engine.ts';
import { createForecaster } from '../create-forecaster.ts';
import { hasFiniteWeights } from '../finite-weights.ts';
import { readData } from '../options/data-options.ts';
import { forecasterOptions, planOptions, runOptions } from '../options/forecaster-options.ts';
import { readerFlagsOf } from '../options/reader-flags.ts';
import { remediesAsFlags } from '../options/remedies-as-flags.ts';
import { shellText } from '../options/shell-text.ts';
import type { TrainFlags } from '../options/train-options.ts';
import { whole } from '../output/numbers.ts';
import { seriesWithoutWindows } from '../output/series-without-windows.ts';
import { stderrTerminal, type Terminal } from '../output/terminal.ts';
import { tellResult } from '../output/train-result.ts';
import { absoluteLogs, trainingLoggers } from '../output/training-loggers.ts';
import { trainingProgress } from '../output/training-progress.ts';
import { checkFolder, checkWritable, removeFolder } from '../output-files.ts';
import { inspectOutput, type OutputFolder, prepareOutput } from '../output-folder.ts';
import { readRunFile, writeRunFile } from '../run-file.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Trains a forecaster, judges it on what was kept back, writes it. `given` are the flags that the user typed.
 *
 * @returns the exit code
 */
export async function train(typed: TrainFlags, given: readonly string[]): Promise<number> {
  const flags = await rememberedFlags(typed, given);
  const terminal = stderrTerminal(flags.quiet === true);
  const isResume = Boolean(flags.resume);
  const output = await inspectOutput(flags.output, flags.checkpointDir);
  await checkTargets(flags);
  if (isResume) await prepareOutput(output, true, false);
  const set = await readData(flags.data, readerFlagsOf(flags));
  for (const line of renderReport(set.report)) terminal.line(remediesAsFlags(line));
  const backend = await createEngine(flags.backend, flags.precision);
  const watch = abortOnSignals();
  let forecaster: FittedForecaster | undefined;
  try {
    const recipe = createForecaster(flags.model, forecasterOptions(flags), backend);
    const plan = recipe.plan(set, planOptions(flags));
    if (!isResume) await prepareOutput(output, false, flags.overwrite === true);
    const run = isResume ? undefined : { ...flags, ...absoluteLogs(flags), data: resolve(flags.data) };
    const forgetRun = run ? await writeRunFile(output.path, run) : undefined;
    const { kernelSet, engine } = await backend.describe();
    terminal.line(
      `windows: ${whole(plan.trainWindows)} to train on, then ${whole(plan.validationWindows)} to decide when to stop, then ${whole(plan.testWindows)} to judge by; at most ${whole(plan.maxUpdates)} updates`,
    );
    for (const line of seriesWithoutWindows(set, flags)) terminal.line(line);
    terminal.line(`engine: ${engine} (${kernelSet})`);
    watch.signal.addEventListener('abort', () => {
      terminal.line();
      terminal.line('Stopping after this update and writing a checkpoint … (again to stop at once)');
    });
    const fit = await recipe.fit(plan, {
      ...runOptions(flags, output),
      resume: isResume,
      signal: watch.signal,
      loggers: trainingLoggers(flags, isResume),
      onEvent: trainingProgress(terminal),
    });
    const { result } = fit;
    forecaster = fit.forecaster;
    if (result.reason === 'aborted') return interrupted(terminal, output, result);
    const isUsable = await hasFiniteWeights(forecaster);
    // Saved before it is judged: whatever happens then, the model is there.
    if (isUsable) await saveModelFolder(forecaster, output.path);
    else await forgetRun?.();
    await removeFolder(output.checkpoints);
    const evaluation = isUsable && flags.testSplit !== 0 ? await forecaster.evaluate(set) : null;
    if (evaluation) await saveModelFolder(forecaster, output.path, { evaluation });
    tellResult(terminal, { flags, set, result, evaluation, isUsable });
    return result.reason === 'nan' || !isUsable ? 1 : 0;
  } finally {
    watch.dispose();
    forecaster?.dispose();
    await backend.dispose();
  }
}

/** Before anything is read: a run of hours must not end at a path that cannot be written. */
async function checkTargets(flags: TrainFlags): Promise<void> {
  const { output, checkpointDir, tensorboard, logCsv, logJsonl } = flags;
  for (const [flag, folder] of Object.entries({
    '--output': output,
    '--checkpoint-dir': checkpointDir,
    '--tensorboard': tensorboard,
  }))
    if (folder !== undefined) await checkFolder(`${flag} ${folder}`, folder);
  await checkWritable({ '--log-csv': logCsv, '--log-jsonl': logJsonl });
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

function interrupted(terminal: Terminal, output: OutputFolder, result: TrainResult): number {
  terminal.line(`Stopped after ${result.updates} updates. Nothing is lost; go on with:`);
  terminal.line(`  nt train --resume ${shellText(output.path)}`);
  return interruptedExitCode;
}
