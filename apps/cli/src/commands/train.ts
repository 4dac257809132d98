import { abortOnSignals } from '@nt/trainer/node';
import { toldEngine } from '../create-engine.ts';
import { lifecycleHooks } from '../lifecycle-hooks.ts';
import type { HookFlags } from '../options/hook-flags.ts';
import type { TrainFlags } from '../options/train-options.ts';
import { checkPictures } from '../output/pictures.ts';
import { stderrTerminal } from '../output/terminal.ts';
import { checkFolder, checkWritable } from '../output-files.ts';
import { inspectOutput, prepareOutput } from '../output-folder.ts';
import { readToldData } from '../read-told-data.ts';
import { precisionOf, type TrainJob, trainJob } from '../train-job.ts';
import { trainNetwork } from './train-network.ts';
import { trainRecipe } from './train-recipe.ts';
import type { Training } from './training.ts';

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
  const backend = await toldEngine(flags, job.command, precisionOf(job), terminal);
  const watch = abortOnSignals();
  const hooks = lifecycleHooks(flags, output.path, terminal, flags.quiet === true);
  const signal = AbortSignal.any([watch.signal, hooks.signal]);
  const interrupt = watch.signal;
  const training: Training = { flags, terminal, output, set, backend, signal, interrupt, hooks };
  try {
    const { exitCode, result } = 'recipe' in job ? await trainRecipe(job, training) : await trainNetwork(job, training);
    return await hooks.end(exitCode, result);
  } catch (error) {
    await hooks.end(1, null, error);
    throw error;
  } finally {
    watch.dispose();
    await backend.dispose();
  }
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
