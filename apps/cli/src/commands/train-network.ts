import { type FitPlan, type FittedForecaster, type PlanOptions, runSpec } from '@nt/forecast';
import { saveEvaluation } from '@nt/forecast/node';
import type { ScriptEngine } from '@nt/report';
import { nodeStorage } from '@nt/trainer/storage/node';
import { createForecaster } from '../create-forecaster.ts';
import { saveIfFinite } from '../finite-weights.ts';
import { tellPlan } from '../output/plan-lines.ts';
import { tellResult } from '../output/train-result.ts';
import { trainingLoggers } from '../output/training-loggers.ts';
import { trainingProgress } from '../output/training-progress.ts';
import { removeFolder } from '../output-files.ts';
import { prepareOutput } from '../output-folder.ts';
import { tellScript } from '../report/tell-script.ts';
import { type RunFile, writeRunFile } from '../run-file.ts';
import type { NetworkJob } from '../train-job.ts';
import { asksForPictures, interrupted, type Training, type TrainingEnd, tellStopping } from './training.ts';

/** Trains one network. */
export async function trainNetwork(job: NetworkJob, training: Training): Promise<TrainingEnd> {
  const { flags, terminal, output, set, backend, signal, hooks } = training;
  let forecaster: FittedForecaster | undefined;
  try {
    const recipe = createForecaster(job.model, job.forecaster, backend);
    const plan = recipe.plan(set, job.plan);
    if (!job.isResume) await prepareOutput(output, false, flags.overwrite === true);
    const spec = runFile(job, plan);
    const forgetRun = job.isResume ? undefined : await writeRunFile(output.path, spec);
    tellPlan(terminal, plan, await backend.describe());
    const endStopping = tellStopping(training);
    const progress = await trainingProgress(terminal);
    const fit = await recipe.fit(plan, {
      checkpoints: nodeStorage(output.checkpoints),
      checkpointEvery: job.command.checkpointEvery,
      logEvery: job.command.logEvery,
      resume: job.isResume,
      signal,
      loggers: await trainingLoggers(job.command, job.isResume),
      onEvent: (event) => {
        progress(event);
        hooks.onEvent(event);
      },
    });
    endStopping();
    const { result } = fit;
    forecaster = fit.forecaster;
    if (result.reason === 'aborted') {
      return { exitCode: interrupted(training, `after ${result.updates} updates`), result };
    }
    // Saved before it is judged: whatever happens then, the model is there.
    const isUsable = await saveIfFinite(forecaster, output.path);
    if (!isUsable) await forgetRun?.();
    await removeFolder(output.checkpoints);
    const evaluation = isUsable && plan.parts?.test !== 0 ? await forecaster.evaluate(set) : null;
    if (evaluation) await saveEvaluation(evaluation, output.path);
    const trained = { job, json: flags.json === true, plan, result, evaluation, isUsable };
    tellResult(terminal, trained);
    await tellScript(() => ({ kind: 'train', run: spec, output: output.path, engine: backend.name as ScriptEngine }));
    if (asksForPictures(training, job.command)) {
      const { showTraining } = await import('../report/show-training.ts');
      await showTraining({ ...trained, forecaster, backend, spec }, flags.sketch, terminal);
    }
    return { exitCode: result.reason === 'nan' || !isUsable ? 1 : 0, result };
  } finally {
    forecaster?.dispose();
  }
}

/** The run as it is gone on with: everything that was found and decided. */
function runFile({ source, model, command }: NetworkJob, { set, forecaster, parts, training }: FitPlan): RunFile {
  const spec = runSpec({
    data: { source, reading: set.reading },
    forecaster: { modelType: model, ...forecaster },
    plan: { ...parts, ...(training as PlanOptions) },
  });
  return { ...spec, command };
}
