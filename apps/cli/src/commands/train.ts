import { type FitPlan, type FittedForecaster, type PlanOptions, runSpec } from '@nt/forecast';
import { saveModelFolder } from '@nt/forecast/node';
import type { TrainResult } from '@nt/trainer';
import { abortOnSignals } from '@nt/trainer/node';
import { nodeStorage } from '@nt/trainer/storage/node';
import { engineOf } from '../create-engine.ts';
import { createForecaster } from '../create-forecaster.ts';
import { hasFiniteWeights } from '../finite-weights.ts';
import { lifecycleHooks } from '../lifecycle-hooks.ts';
import type { HookFlags } from '../options/hook-flags.ts';
import { shellText } from '../options/shell-text.ts';
import type { TrainFlags } from '../options/train-options.ts';
import { checkPictures } from '../output/pictures.ts';
import { tellPlan } from '../output/plan-lines.ts';
import { stderrTerminal, type Terminal } from '../output/terminal.ts';
import { tellResult } from '../output/train-result.ts';
import { trainingLoggers } from '../output/training-loggers.ts';
import { trainingProgress } from '../output/training-progress.ts';
import { checkFolder, checkWritable, removeFolder } from '../output-files.ts';
import { inspectOutput, type OutputFolder, prepareOutput } from '../output-folder.ts';
import { readToldData } from '../read-told-data.ts';
import { type RunFile, writeRunFile } from '../run-file.ts';
import { type TrainJob, trainJob } from '../train-job.ts';

/**
 * Trains a forecaster, judges it on what was kept back, writes it.
 *
 * @returns the exit code
 */
export async function train(flags: TrainFlags & HookFlags): Promise<number> {
  const job = await trainJob(flags);
  const terminal = stderrTerminal(flags.quiet === true);
  const output = await inspectOutput(job.output, job.command.checkpointDir);
  await checkTargets(job);
  if (job.isResume) await prepareOutput(output, true, false);
  const set = await readToldData(job, terminal);
  const backend = await engineOf(job.command, job.plan, terminal);
  if (flags.mixedPrecision && (job.plan.precision ?? 'float32') === 'float32')
    terminal.line(`note: --mixed-precision: ${backend.name} computes in float32, and so does this training`);
  const watch = abortOnSignals();
  const hooks = lifecycleHooks(flags, output.path, terminal, flags.quiet === true);
  let forecaster: FittedForecaster | undefined;
  try {
    const recipe = createForecaster(job.model, job.forecaster, backend);
    const plan = recipe.plan(set, job.plan);
    if (!job.isResume) await prepareOutput(output, false, flags.overwrite === true);
    const run = runFile(job, plan);
    const forgetRun = job.isResume ? undefined : await writeRunFile(output.path, run);
    tellPlan(terminal, plan, await backend.describe());
    watch.signal.addEventListener('abort', () => {
      terminal.line();
      terminal.line('Stopping after this update and writing a checkpoint … (again to stop at once)');
    });
    const progress = await trainingProgress(terminal);
    const fit = await recipe.fit(plan, {
      checkpoints: nodeStorage(output.checkpoints),
      checkpointEvery: job.command.checkpointEvery,
      logEvery: job.command.logEvery,
      resume: job.isResume,
      signal: AbortSignal.any([watch.signal, hooks.signal]),
      loggers: await trainingLoggers(job.command, job.isResume),
      onEvent: (event) => {
        progress(event);
        hooks.onEvent(event);
      },
    });
    const { result } = fit;
    forecaster = fit.forecaster;
    if (result.reason === 'aborted') return await hooks.end(interrupted(terminal, output, result), result);
    const isUsable = await hasFiniteWeights(forecaster);
    // Saved before it is judged: whatever happens then, the model is there.
    if (isUsable) await saveModelFolder(forecaster, output.path);
    else await forgetRun?.();
    await removeFolder(output.checkpoints);
    const evaluation = isUsable && plan.parts?.test !== 0 ? await forecaster.evaluate(set) : null;
    if (evaluation) await saveModelFolder(forecaster, output.path, { evaluation });
    const trained = { job, json: flags.json === true, plan, result, evaluation, isUsable };
    tellResult(terminal, trained);
    if (job.command.plot !== undefined || job.command.report !== undefined || terminal.isInteractive) {
      const { showTraining } = await import('../report/show-training.ts');
      await showTraining({ ...trained, forecaster, backend, spec: run }, flags.sketch, terminal);
    }
    return await hooks.end(result.reason === 'nan' || !isUsable ? 1 : 0, result);
  } catch (error) {
    await hooks.end(1, null, error);
    throw error;
  } finally {
    watch.dispose();
    forecaster?.dispose();
    await backend.dispose();
  }
}

/** The run as it is gone on with: everything that was found and decided. */
function runFile({ source, model, command }: TrainJob, { set, forecaster, parts, training }: FitPlan): RunFile {
  const spec = runSpec({
    data: { source, reading: set.reading },
    forecaster: { modelType: model, ...forecaster },
    plan: { ...parts, ...(training as PlanOptions) },
  });
  return { ...spec, command };
}

/** Before anything is read: a run of hours must not end at a path that cannot be written. */
async function checkTargets({ output, command }: TrainJob): Promise<void> {
  const { checkpointDir, tensorboard, logCsv, logJsonl } = command;
  for (const [flag, folder] of Object.entries({
    '--output': output,
    '--checkpoint-dir': checkpointDir,
    '--tensorboard': tensorboard,
  }))
    if (folder !== undefined) await checkFolder(`${flag} ${folder}`, folder);
  await checkWritable({ '--log-csv': logCsv, '--log-jsonl': logJsonl });
  await checkPictures(command);
}

/** Exit code of a command that was stopped by Ctrl-C, as shells expect it. */
const interruptedExitCode = 130;

function interrupted(terminal: Terminal, output: OutputFolder, result: TrainResult): number {
  terminal.line(`Stopped after ${result.updates} updates. Nothing is lost; go on with:`);
  terminal.line(`  nt train --resume ${shellText(output.path)}`);
  return interruptedExitCode;
}
