import { type SeriesSet, splitByTime } from '@nt/data';
import {
  type BlendEvent,
  blendEstimator,
  type Estimator,
  estimatorOf,
  type FutureName,
  type LeakReport,
  type Parts,
  planBlend,
  leakcheck as runLeakcheck,
} from '@nt/forecast';
import type { Backend, Tensor } from '@nt/tensor';
import { abortOnSignals } from '@nt/trainer/node';
import { toldEngine } from '../create-engine.ts';
import { createForecaster } from '../create-forecaster.ts';
import { trainingProgressOf } from '../jobs/training-progress-of.ts';
import { tellCall } from '../mcp/call-channel.ts';
import type { TrainFlags } from '../options/train-options.ts';
import { stderrTerminal, writeResult } from '../output/terminal.ts';
import { readToldData } from '../read-told-data.ts';
import { precisionOf, type TrainJob, trainJob } from '../train-job.ts';

/** Flags of `nt leakcheck`: those of a training, and what is done to the future. */
export type LeakcheckFlags = Omit<TrainFlags, 'resume'> & { readonly futures?: readonly FutureName[] };

/** Exit code when a leak was found. */
const leakExitCode = 3;

/**
 * Looks for what cannot be known yet.
 *
 * @returns the exit code
 */
export async function leakcheck(flags: LeakcheckFlags): Promise<number> {
  const job = await trainJob(flags, 'nt leakcheck');
  const terminal = stderrTerminal(flags.quiet === true);
  const set = await readToldData(job, terminal);
  const backend = await toldEngine(flags, job.command, precisionOf(job), terminal);
  const watch = abortOnSignals();
  try {
    const { estimator, parts } = subjectOf(job, set, backend);
    const report = await runLeakcheck(estimator, set, {
      split: (raw: SeriesSet) => splitByTime(raw, parts),
      futures: flags.futures,
      signal: watch.signal,
    });
    writeResult(flags.json ? `${JSON.stringify(report, undefined, 2)}\n` : leakLines(report));
    return report.passed ? 0 : leakExitCode;
  } catch (error) {
    if (!watch.signal.aborted) throw error;
    terminal.line('Stopped.');
    return 130;
  } finally {
    watch.dispose();
    await backend.dispose();
  }
}

/** What is trained, and the sizes of the parts of the data. */
function subjectOf(
  job: TrainJob,
  set: SeriesSet,
  backend: Backend<Tensor>,
): { readonly estimator: Estimator; readonly parts: Parts } {
  // Only an agent hears of it: what is trained here is nobody's model.
  const told = trainingProgressOf((progress) => tellCall({ type: 'progress', part: 'leakcheck', progress }));
  if ('recipe' in job) {
    const { validation: _, test: __, ...recipe } = job.recipe;
    const onEvent = (event: BlendEvent): void => {
      if (event.type === 'training') told(event.event, event.member);
    };
    return { estimator: blendEstimator(backend, { ...recipe, onEvent }), parts: planBlend(set, job.recipe).parts! };
  }
  const recipe = createForecaster(job.model, job.forecaster, backend);
  const { split: _, validation: __, test: ___, ...options } = job.plan;
  return { estimator: estimatorOf(recipe, options, { onEvent: told }), parts: recipe.plan(set, job.plan).parts! };
}

function leakLines({ method, passed, checks }: LeakReport): string {
  const lines = checks.flatMap((check) => [
    `${check.passed ? 'passed' : 'LEAK  '}  ${check.name}: ${check.detail}`,
    ...check.differences.map(
      ({ future, what, series, time, was, is }) =>
        `          ${series}, ${time}: ${what} was ${was}, is ${is} when the future is ${future}`,
    ),
  ]);
  const verdict = passed
    ? `${method}: no leak found. That is no proof that there is none.`
    : `${method}: something before the test part depends on what comes after it.`;
  return `${[...lines, verdict].join('\n')}\n`;
}
