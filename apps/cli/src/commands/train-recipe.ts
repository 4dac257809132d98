import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Blend, type BlendPlan, fitBlend, planBlend, runSpec } from '@nt/forecast';
import { saveEvaluation, saveModelFolder } from '@nt/forecast/node';
import type { ScriptEngine } from '@nt/report';
import { nodeStorage } from '@nt/trainer/storage/node';
import { recipeProgress } from '../output/recipe-progress.ts';
import { tellRecipePlan, tellRecipeResult } from '../output/recipe-result.ts';
import { trainingLoggers } from '../output/training-loggers.ts';
import { removeFolder } from '../output-files.ts';
import { prepareOutput } from '../output-folder.ts';
import { tellScript } from '../report/tell-script.ts';
import { type RunFile, writeRunFile } from '../run-file.ts';
import type { RecipeJob } from '../train-job.ts';
import { asksForPictures, interrupted, type Training, type TrainingEnd, tellStopping } from './training.ts';

/** Fits several networks and linear models and blends them. */
export async function trainRecipe(job: RecipeJob, training: Training): Promise<TrainingEnd> {
  const { flags, terminal, output, set, backend, signal, hooks } = training;
  const plan = planBlend(set, job.recipe);
  const spec = runFile(job, training, plan);
  if (!job.isResume) {
    await prepareOutput(output, false, flags.overwrite === true);
    await writeRunFile(output.path, spec);
  }
  const networks = join(output.checkpoints, 'networks');
  // Made at once: it says that a run was begun, before the first network has a checkpoint.
  await mkdir(networks, { recursive: true });
  tellRecipePlan(terminal, plan, await backend.describe());
  const endStopping = tellStopping(training);
  const progress = await recipeProgress(terminal, plan.config.maxUpdates);
  let hasStarted = false;
  let blend: Blend | undefined;
  try {
    blend = await fitBlend(backend, set, {
      ...plan.config,
      checkpoints: (member) => nodeStorage(join(networks, member)),
      checkpointEvery: job.command.checkpointEvery,
      logEvery: job.command.logEvery,
      resume: job.isResume,
      signal,
      loggers: (member) => trainingLoggers(job.command, job.isResume, member),
      onEvent: (event) => {
        progress(event);
        if (event.type !== 'training') return;
        const isStart = event.event.type === 'run-start';
        // Of all networks together the training starts once.
        if (!isStart || !hasStarted) hooks.onEvent(event.event, event.member);
        hasStarted ||= isStart;
      },
    });
    endStopping();
    const { predictor, explanation, stopped } = blend;
    if (stopped) return { exitCode: interrupted(training, doneOf(blend)), result: null };
    // Saved before it is judged: whatever happens then, the model is there.
    await saveModelFolder(predictor, output.path);
    await removeFolder(output.checkpoints);
    const evaluation = plan.testWindows > 0 ? await predictor.evaluate(set) : null;
    if (evaluation) await saveEvaluation(evaluation, output.path);
    const fitted = { job, json: flags.json === true, set, explanation, evaluation };
    tellRecipeResult(terminal, fitted);
    await tellScript(() => ({ kind: 'train', run: spec, output: output.path, engine: backend.name as ScriptEngine }));
    if (asksForPictures(training, job.command)) {
      const { showRecipe } = await import('../report/show-training.ts');
      await showRecipe({ ...fitted, predictor, backend, spec }, flags.sketch, terminal);
    }
    return { exitCode: 0, result: explanation };
  } finally {
    blend?.predictor.dispose();
  }
}

function doneOf({ explanation: { members, leftOut } }: Blend): string {
  const done = members.filter(({ kind }) => kind === 'network').length;
  return `with ${done} of ${done + leftOut.length} networks done`;
}

/** The run as it is gone on with: everything that was found and decided. */
function runFile({ source, command }: RecipeJob, { set }: Training, { config }: BlendPlan): RunFile {
  return { ...runSpec({ data: { source, reading: set.reading }, recipe: config }), command };
}
