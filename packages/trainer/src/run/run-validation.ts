import type { Tensor } from '@nt/tensor';
import type { TrainBatch } from '../options/train-options.ts';
import { TrainerError } from '../trainer-error.ts';
import { checkMetric, isStoppedEarly } from './check-metric.ts';
import { endForNonFinite } from './read-train-loss.ts';
import { record } from './record.ts';
import type { Run, RunEvents } from './run.ts';
import { validate } from './validate.ts';

/** Validates on the averaged weights, where there are any; then checks the monitored metric. */
export async function* runValidation<T extends Tensor, B extends TrainBatch, I>(run: Run<T, B, I>): RunEvents {
  const { counters, optimizer, settings } = run;
  const { update, epoch } = counters;
  yield { type: 'validation-start', update, epoch, sanity: false };
  optimizer.useEvaluationWeights();
  let improved = false;
  let metrics: Record<string, number>;
  try {
    metrics = await measureMetrics(run, settings.options.limitValidationBatches ?? Number.POSITIVE_INFINITY);
    const value = metrics[settings.monitor];
    if (value !== undefined) improved = await checkMetric(run, value);
  } finally {
    optimizer.useTrainingWeights();
  }
  counters.validatedAt = update;
  run.isDirty = true;
  await record(run, 'validation', metrics);
  const { best, earlyStopping } = counters;
  const { checksWithoutImprovement } = earlyStopping;
  yield { type: 'validation-end', update, epoch, sanity: false, metrics, improved, best, checksWithoutImprovement };
  if (!Number.isFinite(metrics['validationLoss']) && settings.options.nanPolicy !== 'skip') {
    endForNonFinite(run, 'The validation loss');
  }
}

/** Some validation batches before the first update, to fail early; counts nowhere. */
export async function* sanityValidation<T extends Tensor, B extends TrainBatch, I>(run: Run<T, B, I>): RunEvents {
  const { counters, settings } = run;
  const { sanityValidationBatches = 0, validation } = settings.options;
  if (!validation || sanityValidationBatches === 0 || run.resumedFrom !== null) return;
  const { update, epoch, best } = counters;
  yield { type: 'validation-start', update, epoch, sanity: true };
  const metrics = await measureMetrics(run, sanityValidationBatches);
  yield {
    type: 'validation-end',
    update,
    epoch,
    sanity: true,
    metrics,
    improved: false,
    best,
    checksWithoutImprovement: 0,
  };
}

/** Whether the options ask for a validation after this update, or nothing comes after it; never twice at the same one. */
export function isValidationDue<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  epochEnds: boolean,
): boolean {
  const { counters, settings } = run;
  const { validation } = settings.options;
  if (!validation || counters.validatedAt === counters.update) return false;
  if (isLastUpdate(run, epochEnds)) return true;
  if (validation.everyUpdates && counters.update > 0 && counters.update % validation.everyUpdates === 0) return true;
  const { validateEveryEpochs } = settings;
  return epochEnds && validateEveryEpochs !== null && (counters.epoch + 1) % validateEveryEpochs === 0;
}

/** Known before the checkpoint of the update is written, so that the checkpoint holds the last validation, too. */
function isLastUpdate<T extends Tensor, B extends TrainBatch, I>(run: Run<T, B, I>, epochEnds: boolean): boolean {
  const { maxUpdates = Number.POSITIVE_INFINITY, maxEpochs = Number.POSITIVE_INFINITY } = run.settings.options;
  const { update, epoch } = run.counters;
  return update >= maxUpdates || (epochEnds && epoch + 1 >= maxEpochs) || isStoppedEarly(run);
}

async function measureMetrics<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  maxBatches: number,
): Promise<Record<string, number>> {
  const { monitor } = run.settings;
  const metrics = await run.profiler.measure('validation', () => validate(run, maxBatches));
  if (monitor in metrics || monitor === 'trainLoss') return metrics;
  const names = ['trainLoss', ...Object.keys(metrics)];
  throw new TrainerError(
    'trainer/unknown-metric',
    `monitor: expected one of ${names.join(', ')}; found '${monitor}'. Name a metric of validation.metricsOf.`,
    { monitor, metrics: names },
  );
}
